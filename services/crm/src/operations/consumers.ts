import { rightsRefreshed } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { crm, type Scope } from '../ctx.ts'
import { finishOperation } from './operation-progress.ts'

/** So long old tokens are taken here and there after a change at most. */
const OLD_TOKENS_MS = 10_000

/**
 * An operation goes on with the rights that its starter had when it began. They are over with a role that changes, and with whoever is
 * disabled or removed: it ends before its next step, as a token would. What it did stays and can be undone.
 */
export const operationConsumers = [
  crm.consume({
    name: 'crm.end-operations-without-rights',
    event: rightsRefreshed,
    handle: async (scope, { data, occurredAt }) => {
      for (const id of await openOperations(scope, data, new Date(occurredAt))) await finishOperation(scope, id, 'cancelled')
    },
  }),
]

async function openOperations({ db }: Scope, { subject, subjectId }: { subject: 'member' | 'role'; subjectId: string }, at: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('operation')
    .select('id')
    .where('status', 'in', ['waiting', 'running'])
    // What began later has the new rights, when this is heard late too.
    .where('createdAt', '<=', new Date(at.getTime() + OLD_TOKENS_MS))
    .where(subject === 'member' ? sql<boolean>`started_by_id = ${subjectId}::uuid` : sql<boolean>`rights ->> 'role' = ${subjectId}`)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
