import { Readable } from 'node:stream'
import { csvLine } from '@ai-crm/platform'
import { textOf, type Cell } from './cell.ts'

/** UTF-8 with a byte order mark, by which spreadsheets know it; no cell can become a formula there. */
export function csvFile(headings: readonly string[], pages: AsyncIterable<readonly Cell[][]>): Readable {
  const lines = async function* () {
    yield `\uFEFF${csvLine(headings)}`
    for await (const rows of pages) yield rows.map((row) => csvLine(row.map(textOf))).join('')
  }
  return Readable.from(lines(), { objectMode: false })
}
