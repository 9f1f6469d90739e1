import { createHash } from 'node:crypto'
import { simpleParser, type ParsedMail as MimeMail } from 'mailparser'
import { joinBlocks } from '../content/blocks.ts'
import { toAttachments } from './attachments.ts'
import { contentKey, sourceKey } from './content-key.ts'
import { guessLanguage } from './language.ts'
import { LIMITS, type MailFlag, type MailInput, type ParsedMail } from './parsed-mail.ts'
import { readHead } from './read-head.ts'
import { repairCharset } from './repair-charset.ts'
import { splitReply } from './reply-text.ts'
import { reportedMessageIds } from './reported-message-ids.ts'

/**
 * A mail as the product reads it. Runs in a worker only (contract 22): it may take long, and it throws on what
 * breaks the limits; the caller then keeps the raw source and reads the head (`parseHead`).
 */
export async function parseMail({ source, envelopeFrom, day }: MailInput): Promise<ParsedMail> {
  const bytes = joinBlocks(source)
  const mime = await simpleParser(repairCharset(bytes), {
    checksumAlgo: false,
    keepCidLinks: true,
    skipTextToHtml: true,
    maxHeadSize: LIMITS.headBytes,
    maxChildNodes: LIMITS.parts,
    maxHtmlLengthToParse: LIMITS.htmlBytes,
  })
  const head = readHead(mime, envelopeFrom)
  const attachments = await toAttachments(mime.attachments)
  const body = withoutNul(mime.text ?? '')
  const { text, quotedText } = splitReply(body)
  const html = readableHtml(mime)
  const identity = { rfcMessageId: head.rfcMessageId, headerLines: mime.headerLines, day }
  const sha256 = createHash('sha256').update(bytes).digest()
  return {
    ...head,
    references: head.isDeliveryReport ? [...head.references, ...reportedMessageIds(mime.attachments)] : head.references,
    text: text.slice(0, LIMITS.textChars),
    quotedText: quotedText?.slice(0, LIMITS.textChars) ?? null,
    html,
    language: guessLanguage(text || head.subject),
    attachments,
    flags: [...head.flags, ...bodyFlags(mime, body, text)],
    contentKey: contentKey(identity, { fromAddress: head.from?.address ?? null, subject: head.subject, body, attachments }),
    sourceKey: sourceKey(identity, sha256),
    sha256,
  }
}

const readableHtml = (mime: MimeMail): string | null =>
  typeof mime.html === 'string' && !isTooLarge(mime.html) && mime.html.trim() !== '' ? withoutNul(mime.html) : null

const isTooLarge = (html: string): boolean => Buffer.byteLength(html) > LIMITS.htmlBytes

/** PostgreSQL's text has no NUL; the raw source keeps it. */
const withoutNul = (text: string): string => text.replaceAll('\0', '')

function bodyFlags(mime: MimeMail, body: string, text: string): MailFlag[] {
  const flags: MailFlag[] = []
  if (mime.textConversionError || (typeof mime.html === 'string' && isTooLarge(mime.html))) flags.push('html-too-complex')
  // U+FFFD: bytes that the declared (or guessed) charset does not have.
  if (body.includes('\ufffd') || mime.subject?.includes('\ufffd')) flags.push('charset-unknown')
  if (text.length > LIMITS.textChars) flags.push('text-cut')
  if (mime.attachments.length > LIMITS.attachments) flags.push('too-many-attachments')
  return flags
}
