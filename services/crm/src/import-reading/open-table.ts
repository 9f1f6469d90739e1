import { open } from 'node:fs/promises'
import type { ImportReading } from '@ai-crm/contracts'
import { FileProblem } from './file-problem.ts'
import { openCsv } from './read-csv.ts'
import { openXlsx } from './read-xlsx.ts'
import type { Table } from './table.ts'

const ZIP = Buffer.from('PK\u0003\u0004')
/** Of compound files: workbooks of before 2007, and encrypted ones. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** The table in a file, by what is in it; its name says nothing. Throws `FileProblem`. */
export async function openTable(path: string, reading: ImportReading): Promise<Table> {
  const file = await open(path)
  const { buffer: head } = await file.read(Buffer.alloc(8), 0, 8, 0).finally(() => file.close())
  if (head.subarray(0, ZIP.length).equals(ZIP)) return openXlsx(path)
  if (head.equals(COMPOUND))
    throw new FileProblem(
      'crm.import.old_workbook',
      'This is a workbook of before 2007, or one with a password. Save it as XLSX without a password, or as CSV.',
    )
  return openCsv(path, reading)
}
