import EmailReplyParser from 'email-reply-parser'
import { markReplyParts } from './mark-reply-parts.ts'

export interface ReplyText {
  /** What the person wrote. */
  text: string
  /** Quotes and signature, or null. */
  quotedText: string | null
}

/** Longer mail, and mail with longer lines, is shown whole: the library's patterns are not linear. */
const MAX_CHARS = 60_000
const MAX_LINE_CHARS = 10_000

/**
 * C13: separates what a person wrote from what they quote and from their signature. Nothing is lost: what is not
 * in `text` is in `quotedText`. A mail of quotes only (a forward) is shown whole.
 */
export function splitReply(body: string): ReplyText {
  const whole = body
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u00a0', ' ')
    .replace(/[ \t]+$/gm, (blanks, at: number, all: string) => (isDashes(all, at) ? blanks : ''))
    .trim()
  const isTooLong = whole.length > MAX_CHARS || whole.split('\n').some((line) => line.length > MAX_LINE_CHARS)
  if (whole.length === 0 || isTooLong) return { text: whole, quotedText: null }

  const { marked, restore } = markReplyParts(whole)
  const fragments = new EmailReplyParser().read(marked).getFragments()
  const join = (isHidden: boolean): string =>
    restore(
      fragments
        .filter((fragment) => fragment.isHidden() === isHidden)
        .map((fragment) => fragment.getContent())
        .join('\n'),
    ).trim()
  const text = join(false)
  if (text === '') return { text: whole, quotedText: null }
  return { text, quotedText: join(true) || null }
}

/** The blank of the signature separator `-- ` (RFC 3676 section 4.3) means something. */
const isDashes = (all: string, at: number): boolean => /(^|\n)--$/.test(all.slice(Math.max(0, at - 3), at))
