import { FileProblem } from './file-problem.ts'
import { sheetRows } from './xlsx-sheet.ts'
import { firstSheet, readSharedTexts, readStyles, SHARED_TEXTS } from './xlsx-workbook.ts'
import { openArchive, type Archive } from './xlsx-archive.ts'
import type { Table, TableRow } from './table.ts'

/** The first sheet that is not hidden. Throws `FileProblem`. */
export async function openXlsx(path: string): Promise<Table> {
  const archive = await openArchive(path)
  if (!archive.has('xl/workbook.xml')) {
    archive.close()
    throw new FileProblem('crm.import.not_a_table', 'This archive is no workbook. Unpack it, and import the CSV or XLSX file in it.')
  }
  const seen = { bytes: 0, of: 0 }
  return { format: 'xlsx', encoding: null, delimiter: null, rows: rowsOf(archive, seen), share: () => seen.bytes / Math.max(seen.of, 1) }
}

/** Of its parts only those that hold most of it. */
interface Seen {
  bytes: number
  of: number
}

async function* rowsOf(archive: Archive, seen: Seen): AsyncGenerator<readonly TableRow[]> {
  const read = (bytes: number) => void (seen.bytes += bytes)
  try {
    const sheet = await firstSheet(archive)
    seen.of = archive.bytesOf(SHARED_TEXTS) + archive.bytesOf(sheet)
    const [texts, isDate] = [await readSharedTexts(archive, read), await readStyles(archive)]
    yield* sheetRows(await archive.read(sheet), { texts, isDate }, read)
  } finally {
    archive.close()
  }
}
