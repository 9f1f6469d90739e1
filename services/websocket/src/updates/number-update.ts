import type { Envelope, LiveUpdate } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Scope } from '../ctx.ts'
import { toLiveUpdate } from './live-update.ts'

/**
 * Gives the event the organisation's next number and keeps it for those who are away. Travels with COMMIT: the lock
 * on the organisation's number is what all its updates wait for. `onNumbered` is called once that has committed.
 */
export function numberUpdate({ atCommit }: Pick<Scope, 'atCommit'>, event: Envelope, onNumbered: (update: LiveUpdate) => void): void {
  const { eventId, type, aggregate, actor, occurredAt, refs } = toLiveUpdate(0, event)
  const numbered = sql<{ sequence: number }>`
    with numbered as (
      insert into live_sequence (last_sequence) values (1)
      on conflict (organization_id) do update set last_sequence = live_sequence.last_sequence + 1
      returning last_sequence
    )
    insert into live_update (sequence, event_id, type, aggregate_type, aggregate_id, actor, occurred_at, refs)
    select last_sequence, ${eventId}::uuid, ${type}, ${aggregate.type}, ${aggregate.id}::uuid,
           ${JSON.stringify(actor)}::jsonb, ${occurredAt}::timestamptz, ${JSON.stringify(refs)}::jsonb
      from numbered
    returning sequence`
  atCommit(numbered, ([row]) => {
    if (row) onNumbered(toLiveUpdate(row.sequence, event))
  })
}
