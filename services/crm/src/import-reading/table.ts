/** A file as rows of texts. `number` counts as spreadsheets do: the headings are 1, or where the first row with something in it stands. */
export interface TableRow {
  readonly number: number
  readonly cells: readonly string[]
}

export interface Table {
  readonly format: 'csv' | 'xlsx'
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly rows: AsyncIterable<readonly TableRow[]>
  /** Which part of the file has been read, 0 to 1: a workbook has texts that come before its rows. */
  share(): number
}

/** As the database takes texts. */
export const cleanText = (text: string): string => text.replaceAll('\0', '').toWellFormed()

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')
