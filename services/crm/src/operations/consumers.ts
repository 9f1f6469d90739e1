import { apiKeyRevoked, rightsRefreshed } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { crm } from '../ctx.ts'
import { begunBy, endOperations, endOperationsOfKey, lastOldToken } from './end-operations.ts'

/**
 * An operation goes on with the rights that its starter had when it began. They are over with a role that changes, with whoever is
 * disabled or removed, and with the key that began it: it ends before its next step, as a token would. What it did stays and can be undone.
 */
export const operationConsumers = [
  crm.consume({
    name: 'crm.end-operations-without-rights',
    event: rightsRefreshed,
    handle: async (scope, { data: { subject, subjectId }, occurredAt }) => {
      const condition = subject === 'member' ? sql<boolean>`started_by_id = ${subjectId}::uuid` : sql<boolean>`rights ->> 'role' = ${subjectId}`
      // What began later has the new rights, when this is heard late too.
      await endOperations(scope, sql<boolean>`${condition} and created_at <= ${lastOldToken(occurredAt)}`)
    },
  }),
  crm.consume({
    name: 'crm.end-operations-of-key',
    event: apiKeyRevoked,
    handle: async (scope, { data, occurredAt }) => {
      await endOperations(scope, begunBy(data.keyId))
      // A token of the key may begin one more until it is refused everywhere.
      await scope.enqueue(endOperationsOfKey, data, { key: data.keyId, runAt: lastOldToken(occurredAt) })
    },
  }),
]
