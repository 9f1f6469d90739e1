import { createHash } from 'node:crypto'
import { MAX_IMPORT_COLUMNS, MAX_IMPORT_ROWS, type ImportAnalysis, type ImportColumn, type ImportRecord } from '@ai-crm/contracts'
import { FileProblem } from './file-problem.ts'
import { presetOf, recordOf } from './headings.ts'
import { plainHeading } from './plain-heading.ts'
import { cleanText, isBlank, type Table } from './table.ts'

/** More different values than this are not assigned one by one. */
const MAX_VALUES = 60
const MAX_SAMPLES = 5
const MAX_SAMPLE = 200

interface Seen {
  readonly samples: string[]
  values: Set<string> | null
  filled: number
}

export type FoundAnalysis = Omit<ImportAnalysis, 'isRemembered' | 'guesses'> & { readonly record: ImportRecord }

/** Reads the table to its end, so that what is wrong with the file is known before anything is asked. Throws `FileProblem`. */
export async function analyseTable(table: Table, onProgress: (rows: number) => void): Promise<{ analysis: FoundAnalysis; signature: string }> {
  let headings: string[] | null = null
  const seen: Seen[] = []
  let rows = 0
  for await (const batch of table.rows) {
    for (const { cells } of batch) {
      if (isBlank(cells)) continue
      if (headings === null) {
        headings = headingsOf(cells)
        seen.push(...headings.map(() => ({ samples: [], values: new Set<string>(), filled: 0 })))
        continue
      }
      if (++rows > MAX_IMPORT_ROWS)
        throw new FileProblem('crm.import.too_many_rows', `The file has more than ${MAX_IMPORT_ROWS.toLocaleString('en')} rows. Divide it.`)
      seen.forEach((column, at) => look(column, cleanText(cells[at] ?? '').trim()))
    }
    onProgress(rows)
  }
  if (headings === null) throw new FileProblem('crm.import.empty', 'The file is empty. Its first row has to name the columns.')
  if (rows === 0) throw new FileProblem('crm.import.no_rows', 'There is nothing below the first row, which names the columns.')
  const { format, encoding, delimiter } = table
  const columns = headings.map((heading, at): ImportColumn => columnOf(heading, seen[at]))
  const signature = createHash('sha256')
    .update(JSON.stringify(headings.map(plainHeading)))
    .digest('hex')
  return { analysis: { format, encoding, delimiter, columns, rows, preset: presetOf(headings), record: recordOf(headings) }, signature }
}

/** A letter may be cut in two. */
const shortened = (text: string): string => text.slice(0, MAX_SAMPLE).toWellFormed()

function headingsOf(cells: readonly string[]): string[] {
  const used = cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (used > MAX_IMPORT_COLUMNS)
    throw new FileProblem('crm.import.too_many_columns', `The file has ${used} columns; at most ${MAX_IMPORT_COLUMNS} can be read. Leave some out.`, 1)
  return cells.slice(0, used).map((cell) => shortened(cleanText(cell).trim()))
}

function look(column: Seen, value: string): void {
  if (value === '') return
  column.filled++
  const sample = shortened(value)
  if (column.samples.length < MAX_SAMPLES && !column.samples.includes(sample)) column.samples.push(sample)
  if (column.values === null) return
  column.values.add(value)
  if (column.values.size > MAX_VALUES || value.length > 100) column.values = null
}

const columnOf = (heading: string, seen: Seen | undefined): ImportColumn => ({
  heading,
  samples: seen?.samples ?? [],
  values: seen?.values ? [...seen.values].toSorted((a, b) => a.localeCompare(b)) : null,
  filled: seen?.filled ?? 0,
})
