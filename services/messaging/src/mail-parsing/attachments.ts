import type { Attachment } from 'mailparser'
import { cleanLine } from './parties.ts'
import { LIMITS, type ParsedAttachment } from './parsed-mail.ts'

const SIGNATURES: readonly (readonly [string, Buffer])[] = [
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ff', 'hex')],
  ['image/gif', Buffer.from('GIF8')],
  ['application/pdf', Buffer.from('%PDF-')],
  ['application/zip', Buffer.from('PK\u0003\u0004')],
]
const WEBP = { riff: Buffer.from('RIFF'), webp: Buffer.from('WEBP') }

/** What the first bytes say, or null. */
function sniff(content: Uint8Array): string | null {
  const start = Buffer.from(content.buffer, content.byteOffset, Math.min(content.byteLength, 16))
  if (start.subarray(0, 4).equals(WEBP.riff) && start.subarray(8, 12).equals(WEBP.webp)) return 'image/webp'
  return SIGNATURES.find(([, signature]) => start.subarray(0, signature.length).equals(signature))?.[0] ?? null
}

/** The image type that the bytes have, whatever anybody says; null for everything else, SVG included. */
export function imageTypeOf(content: Uint8Array): string | null {
  const seen = sniff(content)
  return seen?.startsWith('image/') ? seen : null
}

/**
 * The type that we vouch for (reliability C5): an image is one only when its bytes say so, an unnamed type is what
 * the bytes say, and everything that a browser could run is plain bytes.
 */
export function attachmentType(declared: string, content: Uint8Array): string {
  const type = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,100}$/.test(declared.toLowerCase()) ? declared.toLowerCase() : 'application/octet-stream'
  const seen = sniff(content)
  if (type.startsWith('image/')) return seen?.startsWith('image/') ? seen : 'application/octet-stream'
  if (type === 'application/octet-stream' && seen) return seen
  return /html|xml|script|svg|xhtml/.test(type) && !type.includes('officedocument') ? 'application/octet-stream' : type
}

/** A name without a path, control characters and direction overrides. */
export function attachmentName(given: string | undefined, position: number): string {
  const base = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  const name = cleanLine(base, 255)
  return name === '' || /^\.+$/.test(name) ? `attachment-${position + 1}` : name
}

export function toAttachments(attachments: readonly Attachment[]): ParsedAttachment[] {
  return attachments.slice(0, LIMITS.attachments).map((attachment, position) => ({
    fileName: attachmentName(attachment.filename, position),
    contentType: attachmentType(attachment.contentType, attachment.content),
    contentId: attachment.cid ? cleanLine(attachment.cid, 998) : null,
    content: attachment.content,
  }))
}
