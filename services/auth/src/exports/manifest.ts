import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { listFiles } from './archive-files.ts'

/** What is no service's: it comes first in the archive. */
export const MANIFEST_PART = ''
/** Changes when somebody who reads archives has to change, too (docs/guides/export.md). */
const FORMAT_VERSION = 1

export interface Totals {
  readonly rowCount: number
  readonly fileCount: number
  readonly sizeBytes: number
  readonly archiveBytes: number
}

export async function readTotals({ db }: Pick<Ctx, 'db'>, exportId: string): Promise<Totals> {
  return db
    .selectFrom('exportPart')
    .select((eb) => [
      sql<number>`sum(${eb.ref('rowCount')})::bigint`.as('rowCount'),
      sql<number>`sum(${eb.ref('fileCount')})::bigint`.as('fileCount'),
      sql<number>`sum(${eb.ref('sizeBytes')})::bigint`.as('sizeBytes'),
      sql<number>`sum(${eb.ref('archiveBytes')})::bigint`.as('archiveBytes'),
    ])
    .where('exportId', '=', exportId)
    .executeTakeFirstOrThrow()
}

/** One JSON document, a file of the archive on each line of it: a reader can take it line by line, too. */
export async function* manifestLines(ctx: Ctx, exportId: string, { rowCount, fileCount, sizeBytes }: Totals): AsyncGenerator<Buffer> {
  const organization = await ctx.db.selectFrom('organization').select(['organizationId as id', 'name', 'slug']).executeTakeFirstOrThrow()
  const { requestedAt, requestedBy } = await ctx.db
    .selectFrom('organizationExport')
    .select(['requestedAt', 'requestedBy'])
    .where('id', '=', exportId)
    .executeTakeFirstOrThrow()
  const head = {
    format: 'ai-crm.organization-export',
    formatVersion: FORMAT_VERSION,
    exportId,
    organization,
    requestedBy,
    requestedAt: requestedAt.toISOString(),
    rowCount,
    fileCount,
    sizeBytes,
  }
  yield Buffer.from(`${JSON.stringify(head).slice(0, -1)},"files":[`)
  let separator = '\n'
  for await (const page of listFiles(ctx, exportId)) {
    const lines = page.map(({ name, rowCount: rows, sizeBytes: size, sha256 }) =>
      JSON.stringify({ path: name, ...(rows === null ? {} : { rowCount: rows }), sizeBytes: size, sha256: sha256.toString('hex') }),
    )
    yield Buffer.from(separator + lines.join(',\n'))
    separator = ',\n'
  }
  yield Buffer.from('\n]}\n')
}

/** For `sha256sum --check`. */
export async function* sumLines(ctx: Ctx, exportId: string): AsyncGenerator<Buffer> {
  for await (const page of listFiles(ctx, exportId)) yield Buffer.from(page.map(({ name, sha256 }) => `${sha256.toString('hex')}  ${name}\n`).join(''))
}
