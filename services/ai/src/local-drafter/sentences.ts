const sentenceSegmenter = new Intl.Segmenter('ru', { granularity: 'sentence' })
const wordSegmenter = new Intl.Segmenter('ru', { granularity: 'word' })

/** The sentences of a text, trimmed; every line break ends one. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => [...sentenceSegmenter.segment(line)].map(({ segment }) => segment.trim()))
    .filter((sentence) => sentence !== '')
}

/** The words of a text in lower case, `ё` as `е`. */
export function wordsOf(text: string): string[] {
  return [...wordSegmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment.toLowerCase().replaceAll('ё', 'е'))
}

/** Cuts at a word's end, with an ellipsis, so that the result has at most `length` characters. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1)
  const lastSpace = cut.lastIndexOf(' ')
  return `${(lastSpace > length / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:.–—-]+$/u, '')}…`
}
