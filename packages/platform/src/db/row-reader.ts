import { toCamelCase } from './names.ts'
import { parserOf } from './values.ts'
import type { RowDescription } from './wire-types.ts'

/** Makes a row of the texts of its columns: columns in camelCase, values as `parserOf` reads them. Throws on a text that is none of its type. */
export type RowReader = (texts: readonly (string | null)[]) => Record<string, unknown>

/**
 * The reader for rows of this description. It fills copies of one row of nulls: filled into an empty object, a row of more than
 * a dozen columns becomes a hash table in V8, which takes longer to fill and slows down whatever reads it.
 */
export function readerOf({ fields }: RowDescription): RowReader {
  const columns = fields.map(({ name, dataTypeID }) => ({ name: toCamelCase(name), parse: parserOf(dataTypeID) }))
  const empty = emptyRow(columns.map(({ name }) => name))
  return (texts) => {
    const row = { ...empty }
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index]
      const text = texts[index]
      if (column && text !== null && text !== undefined) row[column.name] = column.parse(text)
    }
    return row
  }
}

/** By way of JSON, whose reader makes a plain object of any number of names at once. */
const emptyRow = (names: readonly string[]): Record<string, unknown> => JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join(',')}}`)
