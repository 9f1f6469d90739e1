import type { Operation } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql, type Selectable } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import type { Tables } from '../tables.ts'

/*
 * waiting → running → done | failed
 *    └─────────┴────→ cancelled
 * Every step of it holds the lock of its row: two runners of the same one follow each other, and a cancelled one goes no further.
 */

export const OPERATION_COLUMNS = [
  'operation.id',
  'operation.kind',
  'operation.record',
  'operation.status',
  'operation.total',
  'operation.changed',
  'operation.unchanged',
  'operation.skipped',
  'operation.reasons',
  'operation.startedById',
  sql<string | null>`(select import.file_name from import where import.operation_id = operation.id limit 1)`.as('fileName'),
  'operation.undoesId',
  'operation.undoneById',
  'operation.createdAt',
  'operation.finishedAt',
] as const

export type OperationRow = Omit<Selectable<Tables['operation']>, 'organizationId' | 'asked' | 'rights'> & { fileName: string | null }

export const toOperation = ({ createdAt, finishedAt, reasons, ...row }: OperationRow): Operation => ({
  ...row,
  reasons: Object.entries(reasons)
    .map(([code, count]) => ({ code, count }))
    .toSorted((a, b) => b.count - a.count),
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})

/** Nobody sees the operations of others: they name what those may see. */
export const starterOf = ({ rights }: Asker): string | null => rights?.userId ?? null

/** The asker's own operation, until the end of the transaction. */
export const lockOwnOperation = (ctx: Ctx, db: Db, operationId: string): Promise<OperationRow | undefined> =>
  db.selectFrom('operation').select(OPERATION_COLUMNS).where('id', '=', operationId).where('startedById', '=', starterOf(ctx)).forUpdate().executeTakeFirst()
