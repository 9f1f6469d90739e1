import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvLine, plainCell } from './csv.ts'

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

it('can be read back as it was, whatever stands in it', () => {
  const hostile = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '＝', ' ', '\t', '\n', '"', ',', 'a', '1', 'Я') })
  fc.assert(
    fc.property(fc.array(fc.oneof(hostile, fc.string()), { minLength: 2 }), (cells) => {
      const read = [...csvLine(cells).matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"'))
      expect(read.map(plainCell)).toEqual(cells)
    }),
  )
})

it('writes no number that could be a thousand times as much', () => {
  expect(csvLine([1.234, -12.345, 0.125, 1234.567, 1.5, 17])).toBe('1.2340,-12.3450,0.125,1234.567,1.5,17\r\n')
})

it('quotes what would end a cell, and leaves texts alone', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', '', 'Ада'])).toBe('"a","b,c","d""e","f\ng","","Ада"\r\n')
})
