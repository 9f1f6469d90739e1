import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openArchive } from '../import-reading/xlsx-archive.ts'
import { sheetRows } from '../import-reading/xlsx-sheet.ts'
import type { Cell } from './cell.ts'
import { xlsxFile } from './xlsx-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'xlsx-file-'))
afterAll(() => rm(folder, { recursive: true }))

async function* pages(): AsyncGenerator<Cell[][]> {
  yield [
    ['one', 1],
    ['two', 2],
  ]
  yield [
    ['three', 3],
    ['four', 4],
    ['five', 5],
  ]
}

it('goes on in a further sheet where one is full, each below the headings', async () => {
  const path = join(folder, 'file')
  await writeFile(path, xlsxFile(['Name', 'Number'], pages(), 3))
  const archive = await openArchive(path)
  const sheets: string[][][] = []
  for (const sheet of [1, 2, 3]) {
    const cells: string[][] = []
    for await (const rows of sheetRows(await archive.read(`xl/worksheets/sheet${sheet}.xml`), { texts: [], isDate: [] }, () => undefined))
      cells.push(...rows.map((row) => [...row.cells]))
    sheets.push(cells)
  }
  archive.close()
  const head = ['Name', 'Number']
  expect(sheets).toEqual([
    [head, ['one', '1'], ['two', '2']],
    [head, ['three', '3'], ['four', '4']],
    [head, ['five', '5']],
  ])
})
