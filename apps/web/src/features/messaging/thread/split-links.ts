export interface TextPart {
  readonly text: string
  readonly isLink: boolean
}

const LINK = /https?:\/\/[^\s<>"']+/g
/** Closing punctuation belongs to the sentence. */
const SENTENCE_END = new Set('.,;:!?)]}»”')

/** By hand, from the end: a pattern anchored by `$` takes quadratic time on a long run of dots. */
function withoutSentenceEnd(url: string): string {
  let end = url.length
  while (end > 0 && SENTENCE_END.has(url.charAt(end - 1))) end -= 1
  return url.slice(0, end)
}

/** Splits text into http(s) links and what is between them. Joined, the parts are the text again. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(LINK)) {
    const url = withoutSentenceEnd(match[0])
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isLink: false })
    parts.push({ text: url, isLink: true })
    end = match.index + url.length
  }
  if (end < text.length) parts.push({ text: text.slice(end), isLink: false })
  return parts
}
