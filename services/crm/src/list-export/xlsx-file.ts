import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Cell } from './cell.ts'
import { sheetEnd, sheetHead, sheetRow, workbookParts } from './xlsx-parts.ts'

/** A sheet has this many rows at most (ECMA-376); the rest of a larger list stands in further sheets. */
const SHEET_ROWS = 1_048_576

/**
 * A workbook (ECMA-376), written as its rows come: yazl compresses off the event loop, and nothing is held but what waits to be sent.
 * Texts are texts there, never formulas.
 */
export function xlsxFile(headings: readonly string[], pages: AsyncIterable<readonly Cell[][]>, sheetRows = SHEET_ROWS): Readable {
  const zip = new ZipFile()
  const out = new PassThrough()
  zip.outputStream.pipe(out)
  zip.outputStream.on('error', (error) => out.destroy(error))
  const rows = rowsOf(pages)
  const write = async () => {
    let [sheets, isMore] = [0, true]
    while (isMore) {
      const sheet = Readable.from(
        sheetText(headings, rows, sheetRows, (more) => (isMore = more)),
        { objectMode: false },
      )
      sheet.on('error', (error) => out.destroy(error))
      // Whoever has gone takes no more: the list is not read to its end.
      out.once('close', () => sheet.destroy())
      zip.addReadStream(sheet, `xl/worksheets/sheet${++sheets}.xml`)
      await once(sheet, 'close')
      if (out.destroyed) return void (await rows.return(undefined))
    }
    for (const [name, text] of workbookParts(sheets)) zip.addBuffer(Buffer.from(text), name)
    zip.end()
  }
  write().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}

async function* rowsOf(pages: AsyncIterable<readonly Cell[][]>): AsyncGenerator<readonly Cell[], undefined> {
  for await (const page of pages) yield* page
  return undefined
}

const ROWS_AT_ONCE = 200

/** The text of one sheet, until it is full; tells whether rows are left. */
async function* sheetText(
  headings: readonly string[],
  rows: AsyncGenerator<readonly Cell[]>,
  sheetRows: number,
  onEnd: (isMore: boolean) => void,
): AsyncGenerator<string> {
  let number = 1
  let text = sheetHead + sheetRow(number, headings)
  for (; number < sheetRows;) {
    const { value, done } = await rows.next()
    if (done) {
      onEnd(false)
      return void (yield text + sheetEnd)
    }
    text += sheetRow(++number, value)
    if (number % ROWS_AT_ONCE > 0) continue
    yield text
    text = ''
  }
  yield text + sheetEnd
  onEnd(true)
}
