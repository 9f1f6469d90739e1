import type { Job } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx, Scope } from '../ctx.ts'
import { finishOperation } from './operation-progress.ts'

/** So long old tokens are taken here and there after a change at most. */
const OLD_TOKENS_MS = 10_000

export const lastOldToken = (changedAt: string): Date => new Date(new Date(changedAt).getTime() + OLD_TOKENS_MS)

/** Ends those that are not over and of which the condition holds. */
export async function endOperations(scope: Pick<Scope, 'db' | 'emit'>, condition: RawBuilder<boolean>): Promise<void> {
  const rows = await scope.db.selectFrom('operation').select('id').where('status', 'in', ['waiting', 'running']).where(condition).orderBy('id').execute()
  for (const { id } of rows) await finishOperation(scope, id, 'cancelled')
}

export const begunBy = (keyId: string): RawBuilder<boolean> => sql<boolean>`rights ->> 'keyId' = ${keyId}`

/** Once more when no token of the key is taken any longer; runs `endForKey`. */
export const endOperationsOfKey: Job<{ keyId: string }> = { name: 'crm.end-operations-of-key', payload: z.object({ keyId: z.uuid() }) }

export const endForKey = (ctx: Ctx, { keyId }: { keyId: string }): Promise<void> => ctx.write((scope) => endOperations(scope, begunBy(keyId)))
