import type { Blocks } from '../content/blocks.ts'
import type { ParsedMail } from '../mail-parsing/parsed-mail.ts'

/** A mail at the door, read but not stored. */
export interface IncomingMail {
  mail: ParsedMail
  /** Backed by shared memory: threads read it without a copy. */
  source: Blocks
  envelopeFrom: string
  envelopeTo: readonly string[]
}
