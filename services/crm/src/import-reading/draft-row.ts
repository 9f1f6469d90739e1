import { CUSTOM_PREFIX, type ImportRecord, type ImportSettings } from '@ai-crm/contracts'
import { plainCell } from '@ai-crm/platform/csv'
import { CompanyCells } from './company-cells.ts'
import { ContactCells } from './contact-cells.ts'
import { DealCells } from './deal-cells.ts'
import type { Complaint, DraftedRow } from './draft.ts'
import type { CellTaker, DraftingContext } from './record-cells.ts'
import { cleanText, type TableRow } from './table.ts'

/** Longer than anything that people write about somebody. */
const MAX_ROW = 100_000
const MAX_KEPT_CELL = 1_000

const CELLS: Readonly<Record<ImportRecord, (context: DraftingContext) => CellTaker>> = {
  contact: (context) => new ContactCells(context),
  company: (context) => new CompanyCells(context),
  deal: (context) => new DealCells(context),
}

/** Rows of the file as records, and what is wrong with them: nothing is asked of the database. */
export function rowDrafter(context: DraftingContext): (row: TableRow) => DraftedRow {
  const { settings, width } = context
  const replaced = replacementsOf(settings)
  const currencies = currenciesIn(context)
  // Exports of ours mark by an apostrophe what a spreadsheet would run; a workbook knows texts from formulas.
  const textOf = (cell: string): string => (context.numbers === 'point' ? cell.trim() : plainCell(cell.trim()).trim())
  return ({ number, cells }) => {
    const length = cells.reduce((sum, cell) => sum + cell.length, 0)
    const kept = cells.slice(0, width).map((cell) => cleanText(length > MAX_ROW ? cell.slice(0, MAX_KEPT_CELL) : cell))
    const wrong = (code: string): DraftedRow => ({ number, cells: kept, draft: null, complaints: [{ code, column: null, value: '' }] })
    if (length > MAX_ROW) return wrong('crm.import.row_too_long')
    if (cells.slice(width).some((cell) => cell.trim() !== '')) return wrong('crm.import.too_many_cells')
    const taker = CELLS[settings.record](context)
    const complaints = kept.flatMap((cell, column) => {
      if (currencies.isOne(column)) return []
      const beside = currencies.of(column)
      const text = beside === undefined ? textOf(cell) : `${textOf(cell)} ${textOf(kept[beside] ?? '')}`.trim()
      return complaintsAbout(taker, settings.fields[column] ?? null, column, text, replaced)
    })
    if (complaints.length > 0) return { number, cells: kept, draft: null, complaints }
    const draft = taker.made()
    return typeof draft === 'string' ? wrong(draft) : { number, cells: kept, draft, complaints: [] }
  }
}

/** With what stands in the file, so that a value can be mended once more. */
function complaintsAbout(taker: CellTaker, field: string | null, column: number, given: string, replaced: Replaced): Complaint[] {
  const text = replaced(column, given)
  if (text === '' || field === null) return []
  const value = shownOf(given)
  const taken = taker.take(field, text, value)
  return taken === true ? [] : [{ code: taken, column, value }]
}

/** An amount may stand in two columns, the number and its currency, as exports write it: the second one belongs to the first. */
function currenciesIn({ settings, fields }: DraftingContext): { of(column: number): number | undefined; isOne(column: number): boolean } {
  const byAmount = new Map<number, number>()
  for (const { id, kind } of fields) {
    const [amount, currency] = settings.fields.flatMap((field, column) => (kind === 'money' && field === CUSTOM_PREFIX + id ? [column] : []))
    if (amount !== undefined && currency !== undefined) byAmount.set(amount, currency)
  }
  const all = new Set(byAmount.values())
  return { of: (column) => byAmount.get(column), isOne: (column) => all.has(column) }
}

/** As complaints show a value, and as it is named when it is mended. */
const shownOf = (text: string): string => text.slice(0, 200).toWellFormed()

type Replaced = (column: number, text: string) => string

function replacementsOf({ replacements }: ImportSettings): Replaced {
  const byPlace = new Map(replacements.map(({ column, from, to }) => [`${column}/${from}`, to]))
  return (column, text) => (byPlace.size === 0 ? text : (byPlace.get(`${column}/${shownOf(text)}`) ?? text))
}
