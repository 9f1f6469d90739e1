/** What spreadsheets take for the beginning of a formula, in full-width forms too (OWASP CSV injection, ASVS 1.2.10). */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\p{Cc}＝＋－＠]/u

/**
 * One line of CSV (RFC 4180), every cell quoted. A cell that a spreadsheet could run is prefixed with an apostrophe,
 * which it shows as text; whoever reads the file by program strips it. Numbers are given as such: a negative one is no formula.
 */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(quote).join(',')}\r\n`

const quote = (cell: string | number): string => (typeof cell === 'number' ? String(cell) : `"${neutralise(cell).replaceAll('"', '""')}"`)

const neutralise = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell)
