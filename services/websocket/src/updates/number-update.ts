import type { Envelope, LiveUpdate } from '@ai-crm/contracts'
import { defineGathering } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Scope } from '../ctx.ts'
import { toLiveUpdate } from './live-update.ts'

interface Told {
  readonly event: Envelope
  readonly onNumbered: (update: LiveUpdate) => void
}

const NUMBERED = defineGathering<Told, { sequence: number; eventId: string }>({
  statementOf: (told) => sql<{ sequence: number; eventId: string }>`
    with numbered as (
      insert into live_sequence (last_sequence) values (${told.length})
      on conflict (organization_id) do update set last_sequence = live_sequence.last_sequence + excluded.last_sequence
      returning last_sequence
    )
    insert into live_update (sequence, event_id, type, aggregate_type, aggregate_id, actor, occurred_at, refs)
    select last_sequence - ${told.length}::bigint + nth, (given ->> 'eventId')::uuid, given ->> 'type', given #>> '{aggregate,type}', (given #>> '{aggregate,id}')::uuid,
           given -> 'actor', (given ->> 'occurredAt')::timestamptz, given -> 'refs'
      from numbered, jsonb_array_elements(${JSON.stringify(told.map(({ event }) => toLiveUpdate(0, event)))}::jsonb) with ordinality as told (given, nth)
     order by nth
    returning sequence, event_id as "eventId"`,
  onCommitted(rows, told) {
    const byEvent = new Map(told.map((each) => [each.event.id, each]))
    for (const { sequence, eventId } of rows.toSorted((a, b) => a.sequence - b.sequence)) {
      const each = byEvent.get(eventId)
      each?.onNumbered(toLiveUpdate(sequence, each.event))
    }
  },
})

/**
 * Gives the event the organisation's next number and keeps it for those who are away. Travels with COMMIT: the lock
 * on the organisation's number is what all its updates wait for. `onNumbered` is called once that has committed.
 */
export const numberUpdate = ({ gather }: Pick<Scope, 'gather'>, event: Envelope, onNumbered: (update: LiveUpdate) => void): void =>
  gather(NUMBERED, { event, onNumbered })
