import { rightsRefreshed } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { crm, type Scope } from '../ctx.ts'
import { finishOperation } from './operation-progress.ts'

/**
 * An operation goes on with the rights that its starter had when it began. They are over with a role that changes, and with whoever is
 * disabled or removed: it ends before its next step, as a token would. What it did stays and can be undone.
 */
export const operationConsumers = [
  crm.consume({
    name: 'crm.end-operations-without-rights',
    event: rightsRefreshed,
    handle: async (scope, { data }) => {
      for (const id of await openOperations(scope, data)) await finishOperation(scope, id, 'cancelled')
    },
  }),
]

async function openOperations({ db }: Scope, { subject, subjectId }: { subject: 'member' | 'role'; subjectId: string }): Promise<string[]> {
  const rows = await db
    .selectFrom('operation')
    .select('id')
    .where('status', 'in', ['waiting', 'running'])
    .where(subject === 'member' ? sql<boolean>`started_by_id = ${subjectId}::uuid` : sql<boolean>`rights ->> 'role' = ${subjectId}`)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
