import type { Party } from '@ai-crm/contracts'
import type { Blocks } from '../content/blocks.ts'

/** Machine-readable notes on what could not be read as meant; the raw source is always kept. */
export type MailFlag =
  | 'unparsable'
  | 'too-slow'
  | 'too-many-parts'
  | 'head-too-large'
  | 'html-too-complex'
  | 'charset-unknown'
  | 'no-message-id'
  | 'no-sender'
  | 'text-cut'
  | 'too-many-attachments'

export interface ParsedAttachment {
  fileName: string
  contentType: string
  /** Without angle brackets. */
  contentId: string | null
  content: Uint8Array
}

export interface ParsedMail {
  /** Without angle brackets, as all Message-IDs here. */
  rfcMessageId: string | null
  inReplyTo: string[]
  /** Oldest first (RFC 5322 section 3.6.4). */
  references: string[]
  from: Party | null
  replyToAddress: string | null
  to: Party[]
  cc: Party[]
  subject: string
  text: string
  quotedText: string | null
  html: string | null
  language: string | null
  isAutoReply: boolean
  /** A delivery report (RFC 3464): news about a message of ours. */
  isDeliveryReport: boolean
  attachments: ParsedAttachment[]
  flags: MailFlag[]
  /** Same mail, same key, whatever way it took. */
  contentKey: Uint8Array
  /** Same bytes, same key. */
  sourceKey: Uint8Array
  sha256: Uint8Array
}

export interface MailInput {
  source: Blocks
  envelopeFrom: string
  /** Day of arrival (2026-11-23): tells two mails apart that carry neither Message-ID nor Date. */
  day: string
}

/** Hard limits (reliability C4, contract 21). Sizes in bytes or characters. */
export const LIMITS = {
  headBytes: 1024 * 1024,
  /** What is read of a head when the whole mail cannot be parsed. */
  fallbackHeadBytes: 256 * 1024,
  parts: 1000,
  attachments: 100,
  htmlBytes: 1024 * 1024,
  textChars: 100_000,
  subjectChars: 500,
  nameChars: 200,
  addressChars: 320,
  parties: 100,
  references: 100,
} as const
