import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDanger } from './find-danger.ts'
import { HTML_LIMITS } from './html-limits.ts'
import { mutatedVector } from './test-mutated-vector.ts'
import { sanitizeMailHtml } from './sanitize-mail-html.ts'
import { XSS_VECTORS } from './xss-vectors.ts'

const sanitize = (html: string, isRemoteShown = false) => sanitizeMailHtml({ html, images: [], isRemoteShown })
const documentOf = (html: string, isRemoteShown = false): string => sanitize(html, isRemoteShown).document ?? ''

describe('what runs, loads or navigates', () => {
  it('is tried in at least 150 ways', () => {
    expect(new Set(XSS_VECTORS).size).toBeGreaterThanOrEqual(150)
  })

  it.each(XSS_VECTORS)('does not survive: %s', (vector) => {
    expect(findDanger(documentOf(vector))).toEqual([])
    expect(findDanger(documentOf(`<div><p>before ${vector} after</p></div>`, true))).toEqual([])
  })

  it('does not survive two sanitisings either: no vector is made of another', () => {
    for (const vector of XSS_VECTORS) expect(findDanger(documentOf(documentOf(vector)))).toEqual([])
  })

  it('does not survive mutations of the vectors', () => {
    fc.assert(
      fc.property(mutatedVector, (mutated) => {
        expect(findDanger(documentOf(mutated))).toEqual([])
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('what a mail may look like', () => {
  it('keeps text, tables, colours and links, which open elsewhere', () => {
    const html = documentOf(
      '<table><tr><td style="color:#ff0000;padding:4px" bgcolor="#eee"><a href="https://shop.example/?a=1&b=2">Shop</a></td></tr></table>',
    )
    expect(html).toContain('style="color:#ff0000;padding:4px"')
    expect(html).toContain('<a href="https://shop.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">Shop</a>')
  })

  it('blocks and counts remote images until they are asked for', () => {
    const mail = '<img src="https://pixel.example/a.gif"><img src="http://pixel.example/b.gif">'
    expect(sanitize(mail)).toMatchObject({ blockedRemoteCount: 2, document: expect.not.stringContaining('pixel.example') })
    const shown = sanitize(`${mail}${mail}`, true)
    expect(shown).toMatchObject({ blockedRemoteCount: 0, remoteUrls: ['https://pixel.example/a.gif', 'http://pixel.example/b.gif'] })
    expect(shown.document?.match(/<img[^>]*>/g)).toEqual([0, 1, 0, 1].map((index) => `<img data-remote-image="${index}" />`))
    expect(shown.document).not.toContain('pixel.example')
  })

  it('believes no mail that brings an index of its own', () => {
    expect(documentOf('<img data-remote-image="7"><img src="https://a.example/a.png" data-remote-image="7">', true)).not.toContain('"7"')
  })

  it('numbers at most 50 remote images', () => {
    const many = Array.from({ length: 60 }, (_, index) => `<img src="https://a.example/${index}.png">`).join('')
    expect(sanitize(many, true).remoteUrls).toHaveLength(50)
  })

  it('shows embedded images by their Content-ID, unless they are no images', () => {
    const content = Buffer.from('GIF89a')
    const images = [
      { contentId: 'a@b', contentType: 'image/gif', content },
      { contentId: 'svg@b', contentType: 'image/svg+xml', content },
    ]
    const { document } = sanitizeMailHtml({ html: '<img src="cid:a@b"><img src="cid:svg@b"><img src="cid:none@b">', images, isRemoteShown: false })
    expect(document?.match(/src="[^"]*"/g)).toEqual([`src="data:image/gif;base64,${content.toString('base64')}"`])
  })

  it('carries a policy that forbids everything but images inside the document and inline styles', () => {
    expect(documentOf('x')).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"`)
    expect(documentOf('x', true)).toContain('img-src data:;')
  })

  it.each([
    ['depth', '<div>'.repeat(HTML_LIMITS.depth + 1)],
    ['nodes', '<br>'.repeat(HTML_LIMITS.nodes + 1)],
    ['size', 'x'.repeat(HTML_LIMITS.chars + 1)],
    ['depth of what never closes', '<b>'.repeat(100_000)],
  ])('is given up beyond the limit of %s', (_limit, html) => {
    expect(sanitize(html).document).toBeNull()
  })
})
