import type { ListRecord } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { starterOf } from './operation.ts'

/** What an operation of the asker made or changed; of anybody else's, nothing. */
export const touchedBy = (asker: Asker, record: ListRecord, operationId: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${record}.id`)} in (select kept.record_id from operation_record as kept
    where kept.operation_id = ${operationId}::uuid and kept.outcome = 'changed'
      and exists (select from operation where operation.id = kept.operation_id and operation.started_by_id = ${starterOf(asker)}::uuid))`
