const DELIMITERS = [',', ';', '\t', '|'] as const

/** The one that stands equally often in the first rows, outside of quotes; of several the most frequent. */
export function delimiterOf(text: string): string {
  const rows = rowsOf(text).slice(0, 20)
  const scored = DELIMITERS.map((delimiter) => {
    const counts = rows.map((row) => row.split(delimiter).length - 1)
    const [first = 0] = counts
    const alike = counts.filter((count) => count === first).length
    return { delimiter, score: first === 0 ? 0 : first * (alike / counts.length) }
  })
  const [best] = scored.toSorted((a, b) => b.score - a.score)
  return best && best.score > 0 ? best.delimiter : ','
}

/** Without what is quoted: there delimiters and ends of lines are text. */
const rowsOf = (text: string): string[] =>
  text
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((row) => row.trim() !== '')
