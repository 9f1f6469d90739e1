import { judgeType, seenType } from '@ai-crm/platform/file-types'
import type { Attachment } from 'mailparser'
import { cleanLine } from './parties.ts'
import { LIMITS, type ParsedAttachment } from './parsed-mail.ts'

const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/apng', 'image/jpeg', 'image/gif', 'image/webp'])

/** The image type that the bytes have, whatever anybody says; null for everything else, SVG included. */
export async function imageTypeOf(content: Uint8Array): Promise<string | null> {
  const seen = await seenType(content)
  return seen !== null && IMAGES.has(seen) ? seen : null
}

/** A name without a path, control characters and direction overrides. */
export function attachmentName(given: string | undefined, position: number): string {
  const base = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  const name = cleanLine(base, 255)
  return name === '' || /^\.+$/.test(name) ? `attachment-${position + 1}` : name
}

export function toAttachments(attachments: readonly Attachment[]): Promise<ParsedAttachment[]> {
  const parsed = attachments.slice(0, LIMITS.attachments).map(async (attachment, position) => ({
    fileName: attachmentName(attachment.filename, position),
    contentType: await judgeType(attachment.contentType, attachment.content),
    contentId: attachment.cid ? cleanLine(attachment.cid, 998) : null,
    content: attachment.content,
  }))
  return Promise.all(parsed)
}
