import type { PendingEvent } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import type { Origin } from '../context.ts'
import type { Statement } from '../db/database.ts'
import { currentTraceparent } from '../telemetry/tracing.ts'

const TEXT = 'select emit_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)'

/**
 * One emitted event as one statement: the row of the log with the next version of its aggregate, and the row of
 * the outbox. Runs in the schema of the service, under the organisation of the transaction.
 */
export function emitStatement(origin: Origin, event: PendingEvent): Statement {
  return {
    text: TEXT,
    values: [
      uuidV7(),
      event.type,
      event.version,
      event.aggregateType,
      event.aggregateId,
      JSON.stringify(origin.actor),
      origin.correlationId,
      origin.causationId,
      origin.depth,
      // The span that emits is the parent of those that consume.
      currentTraceparent() ?? origin.trace,
      JSON.stringify(event.data),
    ],
  }
}
