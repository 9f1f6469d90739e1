/** What stands between several texts of one cell; more of them are read than are written. */
const BETWEEN = /[;,\n|]/

/** One text and what ends it: between quotation marks, of which one inside is written twice, or as it is. */
const NEXT = /\s*(?:"((?:[^"]|"")*)"\s*(?=[;,\n|]|$)|([^;,\n|]*))(?:[;,\n|]|$)/y

/** Several in one cell, as people write them: `Gold; Silver`. A text that would be taken for several, or for a quoted one, is quoted as in a CSV file: `"Gold; rare"; Silver`. */
export const writeSeveral = (texts: readonly string[]): string => texts.map(quotedIfNeeded).join('; ')

const quotedIfNeeded = (text: string): string => (BETWEEN.test(text) || text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text)

/** What `writeSeveral` wrote, or what people did with semicolons, commas, lines or bars between. A quotation mark that nothing closes is one like any letter. */
export function readSeveral(cell: string): string[] {
  const texts: string[] = []
  for (NEXT.lastIndex = 0; NEXT.lastIndex < cell.length;) {
    const [, quoted, plain = ''] = NEXT.exec(cell) ?? []
    const text = (quoted?.replaceAll('""', '"') ?? plain).trim()
    if (text !== '') texts.push(text)
  }
  return texts
}
