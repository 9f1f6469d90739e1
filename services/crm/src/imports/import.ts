import { ImportSettings, type Import } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { OPERATION_COLUMNS, starterOf, toOperation, type OperationRow } from '../operations/operation.ts'

/** Without what the file says. */
export const IMPORT_COLUMNS = [
  'import.id',
  'import.state',
  'import.fileName',
  'import.sizeBytes',
  'import.problem',
  'import.seen',
  'import.readPercent',
  'import.refused',
  'import.operationId',
  'import.createdAt',
  sql<number>`(select count(*)::integer from import_chunk where import_chunk.import_id = import.id)`.as('chunks'),
] as const

/** Nobody sees the imports of others: a file may say what those may not see. */
export const ownImport = (ctx: Ctx, db: Db, importId: string) =>
  db
    .selectFrom('import')
    .select([...IMPORT_COLUMNS, 'import.analysis', 'import.settings', 'import.forecast'])
    .where('import.id', '=', importId)
    .where('import.createdById', '=', starterOf(ctx))

type ImportRow = NonNullable<Awaited<ReturnType<ReturnType<typeof ownImport>['executeTakeFirst']>>>

/** Locks it; throws 404. */
export async function lockImport(ctx: Ctx, db: Db, importId: string): Promise<ImportRow> {
  const row = await ownImport(ctx, db, importId).forUpdate().executeTakeFirst()
  if (!row) throw notFound('import')
  return row
}

export const toImport = ({ createdAt, operationId: _operationId, settings, ...row }: ImportRow, operation: OperationRow | undefined): Import => ({
  ...row,
  // Those of before have no parts that came later.
  settings: settings && ImportSettings.parse(settings),
  operation: operation ? toOperation(operation) : null,
  createdAt: createdAt.toISOString(),
})

/** As it is answered, whatever was done with it. Throws 404. */
export async function readImport(ctx: Ctx, db: Db, importId: string): Promise<Import> {
  const row = await ownImport(ctx, db, importId).executeTakeFirst()
  if (!row) throw notFound('import')
  if (row.operationId === null) return toImport(row, undefined)
  const operation = await db.selectFrom('operation').select(OPERATION_COLUMNS).where('id', '=', row.operationId).executeTakeFirst()
  // Whoever sees that it is over asks no more: what its last step has told of the import is not to be missed.
  const told = operation && operation.finishedAt !== null ? await ownImport(ctx, db, importId).executeTakeFirst() : undefined
  return toImport(told ?? row, operation)
}
