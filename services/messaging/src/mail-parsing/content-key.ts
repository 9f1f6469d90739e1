import { createHash } from 'node:crypto'
import type { HeaderLines } from 'mailparser'
import { headerValues } from './header-lines.ts'

interface Identity {
  rfcMessageId: string | null
  headerLines: HeaderLines
  day: string
}

/** What is fixed when a mail is written, and not touched on its way. */
interface Written {
  fromAddress: string | null
  subject: string
  body: string
  attachments: readonly { fileName: string; content: Uint8Array }[]
}

/** Mail with neither Message-ID nor Date is told apart by its day: the same "yes" a week later is news. */
const dayIfAnonymous = ({ rfcMessageId, headerLines, day }: Identity): string => (rfcMessageId || headerValues(headerLines, 'date').length > 0 ? '' : day)

/**
 * Same mail, same key, whatever Received and encodings it gathered on its way. The Message-ID alone is not trusted:
 * mailers exist that give one to everything, and a customer's second message must not be lost by that.
 */
export function contentKey(identity: Identity, written: Written): Buffer {
  const hash = createHash('sha256')
  const parts = [
    identity.rfcMessageId ?? '',
    headerValues(identity.headerLines, 'date')[0] ?? '',
    dayIfAnonymous(identity),
    written.fromAddress ?? '',
    written.subject,
    written.body.replace(/\s+/g, ' ').trim(),
  ]
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}\n`)
  for (const { fileName, content } of written.attachments) hash.update(`${fileName}\n`).update(createHash('sha256').update(content).digest())
  return hash.digest()
}

/** Same bytes, same key. */
export function sourceKey(identity: Identity, sha256: Buffer): Buffer {
  return createHash('sha256').update(sha256).update(dayIfAnonymous(identity)).digest()
}
