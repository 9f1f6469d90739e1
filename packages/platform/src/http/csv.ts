/**
 * What spreadsheets take for the beginning of a formula, in full-width forms too (OWASP CSV injection, ASVS 1.2.10); behind apostrophes as well, so that
 * the one that is put before it can be told from those that belong to it.
 */
const FORMULA = /^'*[\s\p{Cc}]*[=+\-@\p{Cc}＝＋－＠]/u

/**
 * One line of CSV (RFC 4180), every cell quoted. A cell that a spreadsheet could run is prefixed with an apostrophe,
 * which it shows as text; whoever reads the file by program takes it away (`plainCell`). Numbers are given as such: a negative one is no formula.
 */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(quote).join(',')}\r\n`

/** Three decimals may be thousands to whoever reads them: then a fourth one says that they are not. */
const numeral = (value: number): string => String(value).replace(/^-?[1-9]\d{0,2}\.\d{3}$/, '$&0')

const quote = (cell: string | number): string => (typeof cell === 'number' ? numeral(cell) : `"${neutralise(cell).replaceAll('"', '""')}"`)

const neutralise = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell)

/** A text as it was before `csvLine` wrote it. */
export const plainCell = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell)
