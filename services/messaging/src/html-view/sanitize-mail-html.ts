import sanitizeHtml from 'sanitize-html'
import { ALLOWED_HTML, REMOTE_INDEX } from './allowed-html.ts'
import { sanitizedDocument } from './html-document.ts'
import { isWithinLimits } from './html-limits.ts'
import { imageChooser, type EmbeddedImage } from './mail-images.ts'

export interface SanitizeInput {
  html: string
  images: EmbeddedImage[]
  isRemoteShown: boolean
}

export interface SanitizedHtml {
  /** A whole document, or null where the HTML is too complex to be touched. */
  document: string | null
  /** What the indexes in the document stand for, and would stand for if remote images were shown. */
  remoteUrls: readonly string[]
  blockedRemoteCount: number
}

/** A mail has no place of its own that a link could be relative to. */
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i

/** Runs in a worker only (contract 22, 28): untrusted HTML in, a document that can do nothing out. */
export function sanitizeMailHtml({ html, images, isRemoteShown }: SanitizeInput): SanitizedHtml {
  if (!isWithinLimits(html)) return { document: null, remoteUrls: [], blockedRemoteCount: 0 }
  let blockedRemoteCount = 0
  const { choose, remoteUrls } = imageChooser(images)
  const body = sanitizeHtml(html, {
    ...ALLOWED_HTML,
    transformTags: {
      a: (tagName, { href = '', ...attributes }) => {
        const link = LINK.test(href.trim()) ? { href: href.trim(), target: '_blank', rel: 'noopener noreferrer nofollow' } : {}
        return { tagName, attribs: { ...attributes, ...link } }
      },
      img: (tagName, { src = '', [REMOTE_INDEX]: _theirs, ...attributes }) => {
        const choice = choose(src)
        if (choice.kind === 'remote' && !isRemoteShown) blockedRemoteCount += 1
        if (choice.kind === 'remote' && isRemoteShown) return { tagName, attribs: { ...attributes, [REMOTE_INDEX]: String(choice.index) } }
        return { tagName, attribs: choice.kind === 'inline' ? { ...attributes, src: choice.src } : attributes }
      },
    },
  })
  return { document: sanitizedDocument(body), remoteUrls, blockedRemoteCount }
}
