import type { ParsedMail as MimeMail } from 'mailparser'
import { isAutoReply, isDeliveryReport } from './auto-reply.ts'
import { headerValues, messageIds } from './header-lines.ts'
import { cleanLine, normalizeAddress, toParties } from './parties.ts'
import { LIMITS, type ParsedMail } from './parsed-mail.ts'

export type MailHead = Pick<
  ParsedMail,
  'rfcMessageId' | 'inReplyTo' | 'references' | 'from' | 'replyToAddress' | 'to' | 'cc' | 'subject' | 'isAutoReply' | 'isDeliveryReport' | 'flags'
>

/** Everything that the head of a mail says, whether or not its body could be read. */
export function readHead(mime: MimeMail, envelopeFrom: string): MailHead {
  const ids = (name: string): string[] => messageIds(headerValues(mime.headerLines, name).join(' '), LIMITS.references)
  const envelopeAddress = normalizeAddress(envelopeFrom)
  const from = toParties(mime.from)[0] ?? (envelopeAddress ? { address: envelopeAddress, name: null } : null)
  const rfcMessageId = ids('message-id')[0] ?? null
  const flags: ParsedMail['flags'] = []
  if (!rfcMessageId) flags.push('no-message-id')
  if (!from) flags.push('no-sender')
  return {
    rfcMessageId,
    inReplyTo: ids('in-reply-to'),
    references: ids('references'),
    from,
    replyToAddress: toParties(mime.replyTo)[0]?.address ?? null,
    to: toParties(mime.to),
    cc: toParties(mime.cc),
    subject: cleanLine(mime.subject ?? '', LIMITS.subjectChars),
    isAutoReply: isAutoReply(mime.headerLines, envelopeFrom) || isDeliveryReport(mime.headerLines),
    isDeliveryReport: isDeliveryReport(mime.headerLines),
    flags,
  }
}
