import { sql } from 'kysely'
import type { Envelope } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { toLiveUpdate } from './live-update.ts'

/**
 * Gives the event the organisation's next number and keeps it for those who are away. Travels with COMMIT: the lock
 * on the organisation's number is what all its updates wait for.
 */
export function numberUpdate({ db, atCommit }: Scope, event: Envelope): void {
  const { eventId, type, aggregate, actor, occurredAt, refs } = toLiveUpdate(0, event)
  const numbered = db
    .with('numbered', (inner) =>
      inner
        .insertInto('liveSequence')
        .values({ lastSequence: 1 })
        .onConflict((conflict) => conflict.column('organizationId').doUpdateSet((eb) => ({ lastSequence: eb('liveSequence.lastSequence', '+', 1) })))
        .returning('lastSequence'),
    )
    .insertInto('liveUpdate')
    .columns(['sequence', 'eventId', 'type', 'aggregateType', 'aggregateId', 'actor', 'occurredAt', 'refs'])
    .expression((eb) =>
      eb
        .selectFrom('numbered')
        .select([
          'numbered.lastSequence',
          sql<string>`cast(${eventId} as uuid)`.as('eventId'),
          sql<string>`cast(${type} as text)`.as('type'),
          sql<string>`cast(${aggregate.type} as text)`.as('aggregateType'),
          sql<string>`cast(${aggregate.id} as uuid)`.as('aggregateId'),
          sql<string>`cast(${JSON.stringify(actor)} as jsonb)`.as('actor'),
          sql<Date>`cast(${occurredAt} as timestamptz)`.as('occurredAt'),
          sql<string>`cast(${JSON.stringify(refs)} as jsonb)`.as('refs'),
        ]),
    )
  atCommit(numbered)
}
