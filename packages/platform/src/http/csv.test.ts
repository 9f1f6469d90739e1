import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '\u0000=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  ' =1',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://x")',
])('lets no spreadsheet run %j', (cell) => {
  expect(csvLine([cell])).toBe(`"'${cell.replaceAll('"', '""')}"\r\n`)
})

it('quotes what would end a cell, and leaves texts alone', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', '', 'Ада'])).toBe('"a","b,c","d""e","f\ng","","Ада"\r\n')
})
