import type { Readable } from 'node:stream'
import { MAX_IMPORT_COLUMNS } from '@ai-crm/contracts'
import type { TableRow } from './table.ts'
import { broken } from './xlsx-archive.ts'
import { readXml } from './xml-events.ts'

/** Of a sheet (ECMA-376). */
const MAX_ROW = 1_048_576

interface Workbook {
  readonly texts: readonly string[]
  /** By style. */
  readonly isDate: readonly boolean[]
}

/** The rows of a sheet as they are read, each at its number; what lies right of the columns that we take is left out. */
export async function* sheetRows(stream: Readable, workbook: Workbook, read: (bytes: number) => void): AsyncGenerator<TableRow[]> {
  let rows: TableRow[] = []
  let [number, column, type, style, value] = [0, -1, '', 0, '']
  let cells: string[] = []
  let isValue = false
  const pieces = readXml(stream, {
    read,
    open: (name, attributes) => {
      if (name === 'row') {
        const place = Number(attributes['r'] ?? number + 1)
        if (!(place > number && place <= MAX_ROW)) throw broken()
        number = place
        ;[cells, column] = [[], -1]
      } else if (name === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r'])
        ;[type, style, value] = [attributes['t'] ?? 'n', Number(attributes['s'] ?? 0), '']
      }
      isValue = name === 'v' || name === 't'
    },
    text: (piece) => {
      if (isValue) value += piece
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false
      if (name === 'c' && value !== '' && column >= 0 && column < MAX_IMPORT_COLUMNS) {
        while (cells.length < column) cells.push('')
        cells[column] = textOf(value, type, style, workbook)
      }
      if (name === 'row') rows.push({ number, cells })
    },
  })
  while (!(await pieces.next()).done) {
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
  yield rows
}

/** `AB12` is the 28th, which is 27. */
function columnOf(place: string): number {
  let column = 0
  for (const letter of place) {
    const code = letter.charCodeAt(0) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return column - 1
}

function textOf(value: string, type: string, style: number, { texts, isDate }: Workbook): string {
  if (type === 's') return texts[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'true' : 'false'
  if (type === 'e') return ''
  if (type !== 'n') return value
  return isDate[style] ? dayOf(Number(value)) : plain(value)
}

const DAY_MS = 86_400_000

/** Days since the end of 1899, as text that is understood in every country. */
function dayOf(serial: number): string {
  const moment = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * DAY_MS))
  if (!Number.isFinite(moment.getTime())) return ''
  const text = moment.toISOString()
  return Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

/** Long phone numbers are kept as 7.9261234567E10. */
const plain = (value: string): string => (/e/i.test(value) && Number.isSafeInteger(Number(value)) ? String(Number(value)) : value)
