import { FileProblem } from './file-problem.ts'
import { sheetRows } from './xlsx-sheet.ts'
import { readSharedTexts, readStyles, firstSheet } from './xlsx-workbook.ts'
import { openArchive, type Archive } from './xlsx-archive.ts'
import type { Table, TableRow } from './table.ts'

/** The first sheet that is not hidden. Throws `FileProblem`. */
export async function openXlsx(path: string): Promise<Table> {
  const archive = await openArchive(path)
  if (!archive.has('xl/workbook.xml')) {
    archive.close()
    throw new FileProblem('crm.import.not_a_table', 'This archive is no workbook. Unpack it, and import the CSV or XLSX file in it.')
  }
  return { format: 'xlsx', encoding: null, delimiter: null, rows: rowsOf(archive) }
}

async function* rowsOf(archive: Archive): AsyncGenerator<readonly TableRow[]> {
  try {
    const [sheet, texts, isDate] = [await firstSheet(archive), await readSharedTexts(archive), await readStyles(archive)]
    yield* sheetRows(await archive.read(sheet), { texts, isDate })
  } finally {
    archive.close()
  }
}
