import { createHash } from 'node:crypto'
import { simpleParser } from 'mailparser'
import { joinBlocks } from '../content/blocks.ts'
import { contentKey, sourceKey } from './content-key.ts'
import { guessLanguage } from './language.ts'
import { LIMITS, type MailFlag, type MailInput, type ParsedMail } from './parsed-mail.ts'
import { readHead } from './read-head.ts'
import { findHeadEnd, repairCharset } from './repair-charset.ts'

/**
 * What can be known of a mail that cannot be parsed: who wrote, about what, in answer to what. Its body stays in
 * the raw source. `why` becomes its flag.
 */
export async function parseHead({ source, envelopeFrom, day, why }: MailInput & { why: MailFlag }): Promise<ParsedMail> {
  const bytes = joinBlocks(source)
  const mime = await simpleParser(repairCharset(wholeLines(bytes)), { checksumAlgo: false, skipTextToHtml: true })
  const head = readHead(mime, envelopeFrom)
  const identity = { rfcMessageId: head.rfcMessageId, headerLines: mime.headerLines, day }
  const sha256 = createHash('sha256').update(bytes).digest()
  return {
    ...head,
    text: '',
    quotedText: null,
    html: null,
    language: guessLanguage(head.subject),
    attachments: [],
    flags: [why, ...head.flags],
    contentKey: contentKey(identity, {
      fromAddress: head.from?.address ?? null,
      subject: head.subject,
      body: '',
      attachments: [{ fileName: '', content: bytes.subarray(findHeadEnd(bytes)) }],
    }),
    sourceKey: sourceKey(identity, sha256),
    sha256,
  }
}

/** The head, cut at a line end where it is too long. */
function wholeLines(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, findHeadEnd(bytes))
  if (head.length <= LIMITS.fallbackHeadBytes) return head
  const cut = head.subarray(0, LIMITS.fallbackHeadBytes)
  return cut.subarray(0, cut.lastIndexOf('\n') + 1)
}
