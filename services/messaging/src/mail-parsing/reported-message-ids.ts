import type { Attachment } from 'mailparser'
import { messageIds } from './header-lines.ts'

/** The head of a returned message is in its first bytes. */
const LOOKED_AT_BYTES = 64 * 1024

/** Message-IDs of the messages that a delivery report returns (RFC 3464): what it is news about. */
export function reportedMessageIds(attachments: readonly Attachment[]): string[] {
  return attachments
    .filter(({ contentType }) => contentType === 'message/rfc822' || contentType === 'text/rfc822-headers')
    .flatMap(({ content }) => {
      const head = content.toString('latin1', 0, LOOKED_AT_BYTES)
      return messageIds(/^message-id:\s*(<[^<>\s]{1,998}>)/im.exec(head)?.[1] ?? '', 1)
    })
}
