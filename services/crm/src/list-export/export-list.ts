import {
  crmEndpoints,
  companyEndpoints,
  dealEndpoints,
  listExported,
  type CustomValue,
  type ExportChoice,
  type ListQuery,
  type ListRecord,
} from '@ai-crm/contracts'
import { hiderOf, type FileBody } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { listPage, type List } from '../lists/list-page.ts'
import { isHidden, mayReadSome } from '../lists/list-record.ts'
import { checkZone } from '../lists/zone.ts'
import type { Column } from './columns.ts'
import { csvFile } from './csv-file.ts'
import { readingDenied, unknownColumn } from './errors.ts'
import { jsonFile, ndjsonFile } from './json-file.ts'
import { namesOf, type Names } from './names.ts'
import { relatedNames } from './related-names.ts'
import { xlsxFile } from './xlsx-file.ts'

/** Records per read: the export holds this many in memory, whatever the list holds. */
const BATCH = 500

interface Listed {
  readonly id: string
  readonly custom: Readonly<Record<string, CustomValue>>
  readonly parentId?: string | null
}

interface Exported<Row, Item, Query extends ListQuery> {
  readonly list: List<Row, Item, Query>
  readonly columns: (names: Names) => readonly Column<Item>[]
}

const hiders = { contact: hiderOf(crmEndpoints.listContacts), company: hiderOf(companyEndpoints.listCompanies), deal: hiderOf(dealEndpoints.listDeals) }

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const

/**
 * A whole list as it is asked, page after page: a record that is changed meanwhile may be told as it was or as it is. Throws what listPage
 * throws, `unknownColumn` (400), and `readingDenied` (403). That somebody took it with them is told by an event.
 */
export async function exportList<Row extends { id: string }, Item extends Listed, Query extends ListQuery>(
  ctx: Ctx,
  { list, columns }: Exported<Row, Item, Query>,
  query: Query,
  { format, columns: chosen, language }: ExportChoice,
): Promise<FileBody> {
  const { record } = list
  if (!mayReadSome(ctx, record)) throw readingDenied()
  const names = await namesOf(ctx, record, language, checkZone(query.zone))
  const shown = chosenOf(
    columns(names).filter(({ key }) => !isHidden(ctx, record, key)),
    chosen,
  )
  const first = await listPage(ctx, list, query)
  await ctx.write(async ({ emit }) => emit(listExported({ exportId: crypto.randomUUID(), record, format })))
  const pages = pagesOf(ctx, list, query, first)
  const cells = cellsOf(ctx, pages, shown, names)
  const headings = shown.map(({ heading }) => heading)
  const bodies = {
    csv: () => csvFile(headings, cells),
    xlsx: () => xlsxFile(headings, cells),
    json: () => jsonFile(visible(ctx, record, pages)),
    ndjson: () => ndjsonFile(visible(ctx, record, pages)),
  }
  return { contentType: TYPES[format], fileName: `${record}-${new Date().toISOString().slice(0, 10)}.${format}`, body: bodies[format]() }
}

/** All of them, or the chosen ones in their order. */
function chosenOf<Item>(columns: readonly Column<Item>[], chosen: string | undefined): readonly Column<Item>[] {
  if (chosen === undefined) return columns
  return chosen.split(',').flatMap((key) => {
    const named = columns.filter((column) => column.key === key)
    if (named.length === 0) throw unknownColumn(key, [...new Set(columns.map((column) => column.key))])
    return named
  })
}

async function* pagesOf<Row extends { id: string }, Item, Query extends ListQuery>(
  ctx: Ctx,
  list: List<Row, Item, Query>,
  query: Query,
  first: { items: Item[]; nextCursor: string | null },
): AsyncGenerator<Item[]> {
  yield first.items
  for (let cursor = first.nextCursor; cursor !== null;) {
    const { items, nextCursor } = await listPage(ctx, list, { ...query, limit: BATCH, cursor })
    yield items
    cursor = nextCursor
  }
}

async function* cellsOf<Item extends Listed>(ctx: Ctx, pages: AsyncIterable<Item[]>, columns: readonly Column<Item>[], names: Names) {
  for await (const items of pages) {
    const named = { ...names, related: await relatedNames(ctx, relatedIds(items, names)) }
    yield items.map((item) => columns.map(({ cell }) => cell(item, named)))
  }
}

function relatedIds(items: readonly Listed[], { fields }: Names): Record<ListRecord, Set<string>> {
  const ids = { contact: new Set<string>(), company: new Set<string>(), deal: new Set<string>() }
  for (const { parentId, custom } of items) {
    if (parentId) ids.company.add(parentId)
    for (const { id, relatesTo } of fields) {
      const value = custom[id]
      if (relatesTo && typeof value === 'string') ids[relatesTo].add(value)
    }
  }
  return ids
}

/** As the API answers them to whoever asks. */
async function* visible<Item>(ctx: Ctx, record: ListRecord, pages: AsyncIterable<Item[]>): AsyncGenerator<unknown[]> {
  const hide = hiders[record]
  for await (const items of pages) {
    const shown = hide && ctx.rights ? hide({ items }, ctx.rights.fields) : { items }
    yield typeof shown === 'object' && shown !== null && 'items' in shown && Array.isArray(shown.items) ? shown.items : []
  }
}
