import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { PersonService, PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { tarHeader, tarPadding } from '../archive/tar.ts'
import type { Ctx } from '../context.ts'
import { toSnakeCase } from '../db/names.ts'
import { notFound } from '../errors.ts'
import { PLATFORM_TABLES, type ExportedFile, type Exporting, type TableExport } from '../exporting/exporting.ts'
import { readTable } from '../exporting/read-table.ts'
import { hasAnything } from './count-person.ts'
import { personTables, type PersonData } from './person-data.ts'
import { spelledOut } from './tell-person.ts'

/** As endpoints that declare `produces` answer. */
export interface PersonArchive {
  readonly contentType: string
  readonly fileName: string
  readonly body: Readable
}

interface Source {
  readonly service: PersonService
  readonly data: PersonData
  readonly exporting: Exporting
}

/**
 * What the service has about somebody: tables as lines of JSON, in pieces of a megabyte, and files. Read page by page as it is sent: a row
 * that changes meanwhile is told as it was or as it is. Throws 404 where there is nothing.
 */
export async function exportPerson(ctx: Ctx, source: Source, contactId: string, subject: PersonSubject): Promise<PersonArchive> {
  if (!(await hasAnything(ctx.db, source.data, subject))) throw notFound('person')
  const { service, data } = source
  await ctx.write(({ emit }) => emit(data.exported({ exportId: uuidV7(), contactId, service })))
  const body = createGzip()
  // What fails while it is read breaks this answer off, and nothing else: the error reaches whoever sends the body.
  pipeline(Readable.from(entries(ctx, source, subject)), body, () => undefined)
  return { contentType: 'application/gzip', fileName: `person-${service}.tar.gz`, body }
}

async function* entries(ctx: Ctx, { service, data, exporting }: Source, subject: PersonSubject): AsyncGenerator<Buffer> {
  for (const [table, told] of toldTables(data, exporting, subject)) {
    let piece = 0
    for await (const { text } of readTable(ctx.db, table, told)) {
      piece += 1
      yield* textEntry(service, `${toSnakeCase(table)}${piece === 1 ? '' : `-${piece}`}.jsonl`, Buffer.from(text))
    }
  }
  // Bound to the service's tables where it was written; erased here.
  const files = data.files?.(ctx.db as never, (where) => sql.raw(spelledOut(where, subject))) ?? []
  for await (const file of files) yield* fileEntry(service, file)
}

/** Tables of which an organisation's archive tells something, and the log of what is theirs. */
function toldTables(data: PersonData, exporting: Exporting, subject: PersonSubject): (readonly [string, TableExport])[] {
  const own = personTables(data).flatMap(([table, { where }]) => {
    const told = exporting.tables[table]
    return told === undefined || typeof told === 'string'
      ? []
      : [[table, { ...told, only: { sql: spelledOut(where, subject), because: 'Of one person.' } }] as const]
  })
  const { event } = PLATFORM_TABLES
  if (event === undefined || typeof event === 'string') return own
  const ofTheirs = personTables(data)
    .filter(([table]) => data.aggregates.includes(table))
    // With the kind named, each is found in the log's own index.
    .map(
      ([table, { where }]) =>
        `(t.aggregate_type = '${table}' and t.aggregate_id in (select t.id from ${toSnakeCase(table)} t where ${spelledOut(where, subject)}))`,
    )
  if (ofTheirs.length === 0) return own
  return [...own, ['event', { ...event, only: { sql: `(${ofTheirs.join(' or ')}) and t.data <> '{}'`, because: 'Of one person.' } }]]
}

/** Piece by piece, as whoever takes it reads: the size stands before the content, and what is there has to be as much. */
async function* fileEntry(service: PersonService, { name, sizeBytes, blocks }: ExportedFile): AsyncGenerator<Buffer> {
  const parts = name.split('/')
  yield tarHeader({ name: parts.at(-1) ?? name, folder: `person/${service}/${parts.slice(0, -1).join('/')}`, sizeBytes, modifiedAt: new Date() })
  let sent = 0
  for await (const block of blocks) {
    sent += block.length
    if (sent > sizeBytes) break
    yield Buffer.from(block)
  }
  if (sent !== sizeBytes) throw new Error(`${service}/${name} has another size than its row says.`)
  yield tarPadding(sizeBytes)
}

function* textEntry(folder: string, name: string, text: Buffer): Generator<Buffer> {
  yield tarHeader({ name, folder: `person/${folder}`, sizeBytes: text.length, modifiedAt: new Date() })
  yield text
  yield tarPadding(text.length)
}
