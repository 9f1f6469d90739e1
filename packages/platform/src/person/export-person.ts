import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { PersonService, PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { tarHeader, tarPadding } from '../archive/tar.ts'
import type { Ctx } from '../context.ts'
import { toSnakeCase } from '../db/names.ts'
import { notFound } from '../errors.ts'
import { PLATFORM_TABLES, type Exporting, type TableExport } from '../exporting/exporting.ts'
import { readTable } from '../exporting/read-table.ts'
import { countPerson } from './count-person.ts'
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
  const { erased } = await countPerson(ctx.db, source.data, subject)
  if (Object.keys(erased).length === 0) throw notFound('person')
  const { service, data } = source
  await ctx.write(({ emit }) => emit(data.exported({ exportId: uuidV7(), contactId, service })))
  const body = Readable.from(entries(ctx, source, subject)).pipe(createGzip())
  return { contentType: 'application/gzip', fileName: `person-${service}.tar.gz`, body }
}

async function* entries(ctx: Ctx, { service, data, exporting }: Source, subject: PersonSubject): AsyncGenerator<Buffer> {
  for (const [table, told] of toldTables(data, exporting, subject)) {
    let piece = 0
    for await (const { text } of readTable(ctx.db, table, told)) {
      piece += 1
      yield* entry(service, `${toSnakeCase(table)}${piece === 1 ? '' : `-${piece}`}.jsonl`, [Buffer.from(text)])
    }
  }
  // Bound to the service's tables where it was written; erased here.
  const files = data.files?.(ctx.db as never, (where) => sql.raw(spelledOut(where, subject))) ?? []
  for await (const { name, blocks } of files)
    yield* entry(`${service}/${name.split('/').slice(0, -1).join('/')}`, name.split('/').at(-1) ?? name, await held(blocks))
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
  const aggregates = [`select unnest(${JSON.stringify(subject.contactIds).replace('[', "'{").replace(/\]$/, "}'")}::uuid[])`, ...data.aggregates]
  const ofTheirs = aggregates.map((ids) => `t.aggregate_id in (${spelledOut(ids, subject)})`).join(' or ')
  return [...own, ['event', { ...event, only: { sql: `(${ofTheirs}) and t.data <> '{}'`, because: 'Of one person.' } }]]
}

/** The size stands before the content: one file at a time is held, which none may be larger than a mail or a file of a record is. */
async function held(blocks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = []
  for await (const block of blocks) all.push(block)
  return all
}

function* entry(folder: string, name: string, blocks: readonly Uint8Array[]): Generator<Buffer> {
  const sizeBytes = blocks.reduce((sum, { length }) => sum + length, 0)
  yield tarHeader({ name, folder: `person/${folder}`, sizeBytes, modifiedAt: new Date() })
  for (const block of blocks) yield Buffer.from(block)
  yield tarPadding(sizeBytes)
}
