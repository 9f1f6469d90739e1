import { describe, expect, it } from 'vitest'
import { parseHead } from './parse-head.ts'
import { parseMail } from './parse-mail.ts'

const parse = (source: string | Buffer, envelopeFrom = 'a@example.org') => parseMail({ source: [Buffer.from(source)], envelopeFrom, day: '2026-11-23' })
const mail = (head: string, body = 'x'): string => `From: a@example.org\r\n${head}\r\n\r\n${body}\r\n`
const inCharset = (bytes: number[]): Buffer => Buffer.from(bytes)
/** "Привет, сколько стоит?" */
const KOI8 = inCharset([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4, 0x2c, 0x20, 0xd3, 0xcb, 0xcf, 0xcc, 0xd8, 0xcb, 0xcf, 0x20, 0xd3, 0xd4, 0xcf, 0xc9, 0xd4, 0x3f])
const CP1251 = inCharset([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xf1, 0xea, 0xee, 0xeb, 0xfc, 0xea, 0xee, 0x20, 0xf1, 0xf2, 0xee, 0xe8, 0xf2, 0x3f])
const RUSSIAN = 'Привет, сколько стоит?'

describe('charsets', () => {
  it.each([
    ['koi8-r', KOI8, 'koi8-r'],
    ['windows-1251', CP1251, 'windows-1251'],
    ['koi8-r undeclared', KOI8, null],
    ['windows-1251 undeclared', CP1251, null],
  ])('%s is read, in the body and in a raw subject', async (_name, bytes, charset) => {
    const head = `From: a@example.org\r\nSubject: `
    const type = charset ? `\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit` : ''
    const source = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`${type}\r\n\r\n`), bytes])
    expect(await parse(source)).toMatchObject({ subject: RUSSIAN, text: RUSSIAN, language: 'ru', flags: ['no-message-id'] })
  })

  it('iso-2022-jp is read', async () => {
    const body = inCharset([0x1b, 0x24, 0x42, 0x24, 0x33, 0x24, 0x73, 0x1b, 0x28, 0x42])
    const source = Buffer.concat([Buffer.from('From: a@example.org\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n'), body])
    expect((await parse(source)).text).toBe('こん')
  })

  it('encoded words of a Russian subject and name are read', async () => {
    const { subject, from } = await parse('From: =?koi8-r?B?8NLJ18XU?= <A@Example.org>\r\nSubject: =?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=\r\n\r\nx')
    expect({ subject, from }).toEqual({ subject: 'Привет', from: { address: 'a@example.org', name: 'Привет' } })
  })

  it('a charset that does not fit is flagged', async () => {
    expect((await parse(Buffer.concat([Buffer.from('From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'), CP1251]))).flags).toContain(
      'charset-unknown',
    )
  })
})

describe('content', () => {
  it('HTML alone becomes text, and is kept', async () => {
    const { text, html } = await parse(mail('Content-Type: text/html', '<p>Hello <b>you</b></p><script>alert(1)</script>'))
    expect(text).toBe('Hello you')
    expect(html).toContain('<b>you</b>')
  })

  it('attachments lose paths and false types', async () => {
    const part = (type: string, name: string, content: string): string =>
      `--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}\r\n`
    const { attachments } = await parse(
      mail(
        'Content-Type: multipart/mixed; boundary=b',
        `${part('image/png', '../../etc/passwd', '<script>')}${part('text/html', 'x.html', '<b>')}${part('application/octet-stream', 'invoice\u202efdp.exe', '%PDF-1.7')}--b--`,
      ),
    )
    expect(attachments.map(({ fileName, contentType }) => [fileName, contentType])).toEqual([
      ['passwd', 'application/octet-stream'],
      ['x.html', 'application/octet-stream'],
      ['invoice fdp.exe', 'application/pdf'],
    ])
  })

  it("a mail without a sender is its envelope's", async () => {
    expect(await parse('Subject: x\r\n\r\ny')).toMatchObject({ from: { address: 'a@example.org' } })
    expect((await parse('Subject: x\r\n\r\ny', '')).flags).toContain('no-sender')
  })

  it('NUL bytes do not reach the database', async () => {
    const parsed = await parse(mail('Subject: a\0b\r\nMessage-ID: <a\0@b>', 'te\0xt'))
    expect(JSON.stringify(parsed)).not.toContain('\\u0000')
  })
})

describe('keys of a mail', () => {
  const key = async (source: string): Promise<string> => Buffer.from((await parse(source)).contentKey).toString('hex')
  const first = mail('Message-ID: <1@x>\r\nSubject: s\r\nContent-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=utf-8', 'Привет, мир')

  it('are the same for one mail on another way and in another encoding', async () => {
    const elsewhere = `Received: by relay\r\nX-Spam: no\r\n${mail('Message-ID: <1@x>\r\nSubject: s\r\nContent-Transfer-Encoding: base64\r\nContent-Type: text/plain; charset=utf-8', Buffer.from('Привет,  мир').toString('base64'))}`
    expect(await key(elsewhere)).toBe(await key(first))
  })

  it.each([
    ['text', first.replace('мир', 'пир')],
    ['Message-ID', first.replace('<1@x>', '<2@x>')],
    ['subject', first.replace('Subject: s', 'Subject: t')],
    ['date', `Date: Mon, 23 Nov 2026 07:00:00 +0000\r\n${first}`],
  ])('differ with the %s', async (_what, other) => {
    expect(await key(other)).not.toBe(await key(first))
  })

  it('of the head alone are the same for the same bytes', async () => {
    const input = { source: [Buffer.from(first)], envelopeFrom: '', day: '2026-11-23' }
    const [whole, head] = [await parseMail(input), await parseHead({ ...input, why: 'too-slow' })]
    expect(Buffer.from(head.sourceKey).equals(whole.sourceKey)).toBe(true)
    expect(head).toMatchObject({ rfcMessageId: '1@x', subject: 's', flags: ['too-slow'] })
  })
})
