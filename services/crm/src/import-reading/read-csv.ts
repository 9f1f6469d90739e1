import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse'
import type { ImportReading } from '@ai-crm/contracts'
import { delimiterOf } from './delimiter.ts'
import { encodingOf } from './encoding.ts'
import { FileProblem } from './file-problem.ts'
import type { Table, TableRow } from './table.ts'

const SAMPLE_BYTES = 262_144
/** A row longer than this is a quote that was never closed. */
const MAX_RECORD = 4_000_000
const ROWS_AT_ONCE = 500

export async function openCsv(path: string, reading: ImportReading): Promise<Table> {
  const sample = await headOf(path, SAMPLE_BYTES)
  const encoding = reading.encoding ?? encodingOf(sample)
  const text = new TextDecoder(encoding).decode(sample)
  if (text.includes('\0')) throw new FileProblem('crm.import.not_a_table', 'This is neither a CSV nor an XLSX file. Save the table as one of these.')
  const delimiter = reading.delimiter ?? delimiterOf(text)
  const { size } = await stat(path)
  let read = 0
  return { format: 'csv', encoding, delimiter, rows: rowsOf(path, encoding, delimiter, (bytes) => void (read += bytes)), share: () => read / Math.max(size, 1) }
}

async function headOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

type OnRead = (bytes: number) => void

async function* rowsOf(path: string, encoding: string, delimiter: string, onRead: OnRead): AsyncGenerator<TableRow[]> {
  const parser = parse({ delimiter, relax_quotes: true, relax_column_count: true, max_record_size: MAX_RECORD })
  const pumping = pump(path, encoding, parser, onRead).catch((error: unknown) => void parser.destroy(error instanceof Error ? error : new Error(String(error))))
  let [number, line] = [0, 0]
  let rows: TableRow[] = []
  try {
    for await (const cells of parser) {
      rows.push({ number: ++number, cells })
      line += 1 + endsOfLine(cells)
      if (rows.length < ROWS_AT_ONCE) continue
      yield rows
      rows = []
    }
    yield rows
  } catch (error) {
    throw problemOf(error, encoding, { row: number + 1, line: line + 1 })
  } finally {
    parser.destroy()
    await pumping
  }
}

async function pump(path: string, encoding: string, parser: ReturnType<typeof parse>, onRead: OnRead): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let goOn = (): void => {}
  parser.on('drain', () => goOn()).on('close', () => goOn())
  const write = async (text: string) => {
    if (!parser.write(text)) await new Promise<void>((resolve) => (goOn = resolve))
  }
  for await (const bytes of createReadStream(path, { highWaterMark: 262_144 })) {
    if (parser.destroyed) return
    onRead(bytes.length)
    await write(decoder.decode(bytes, { stream: true }))
  }
  parser.end(decoder.decode())
}

/** A cell may have several lines. */
const endsOfLine = (cells: readonly string[]): number => cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0)

/** `row` and `line`: of what could not be read, as they count from 1. */
function problemOf(error: unknown, encoding: string, { row, line }: { row: number; line: number }): unknown {
  if (error instanceof TypeError)
    return new FileProblem(
      'crm.import.encoding_broken',
      `From row ${row} on there are bytes that are no ${encoding}. Save the file as UTF-8, or choose another encoding.`,
      line,
    )
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE')
    return new FileProblem(
      'crm.import.quote_open',
      `A quote that begins in row ${row} (line ${line}) is never closed. Close it, or write two quotes where one is meant.`,
      line,
    )
  return new FileProblem('crm.import.not_a_table', `Row ${row} (line ${line}) cannot be read: ${error.message}.`, line)
}
