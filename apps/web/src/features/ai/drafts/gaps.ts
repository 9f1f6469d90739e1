/** What the drafter did not know and marked for a person (services/ai/src/drafts/gap.ts); the server refuses to approve it. */
const GAP = /\[(?:ЗАПОЛНИТЬ|FILL IN): [^\]]{0,1000}\]/gu

export interface DraftPart {
  readonly text: string
  readonly isGap: boolean
}

/** Splits a draft into what is written and what a person must fill in. Joined, the parts are the draft again. */
export function splitGaps(text: string): DraftPart[] {
  const parts: DraftPart[] = []
  let end = 0
  for (const match of text.matchAll(GAP)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isGap: false })
    parts.push({ text: match[0], isGap: true })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end), isGap: false })
  return parts
}

export const hasGap = (text: string): boolean => splitGaps(text).some(({ isGap }) => isGap)

/** Where the first one stands; null where there is none. */
export function firstGap(text: string): { start: number; end: number } | null {
  const parts = splitGaps(text)
  const at = parts.findIndex(({ isGap }) => isGap)
  const start = parts.slice(0, at).reduce((length, part) => length + part.text.length, 0)
  return at === -1 ? null : { start, end: start + (parts[at]?.text.length ?? 0) }
}
