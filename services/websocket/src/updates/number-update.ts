import { sql } from 'kysely'
import type { Envelope, LiveUpdate } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { toLiveUpdate } from './live-update.ts'

/** The oldest rows are removed once in so many updates: a little more than the configured length is kept. */
const TRIM_EVERY = 100

/** Gives the event the organisation's next number and keeps it for those who are away. */
export async function numberUpdate(scope: Scope, event: Envelope): Promise<LiveUpdate> {
  const light = toLiveUpdate(0, event)
  // One statement: from here until COMMIT nobody else of the organisation gets a number.
  const { sequence } = await scope.db
    .with('numbered', (db) =>
      db
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
          sql<string>`cast(${light.eventId} as uuid)`.as('eventId'),
          sql<string>`cast(${light.type} as text)`.as('type'),
          sql<string>`cast(${light.aggregate.type} as text)`.as('aggregateType'),
          sql<string>`cast(${light.aggregate.id} as uuid)`.as('aggregateId'),
          sql<string>`cast(${JSON.stringify(light.actor)} as jsonb)`.as('actor'),
          sql<Date>`cast(${light.occurredAt} as timestamptz)`.as('occurredAt'),
          sql<string>`cast(${JSON.stringify(light.refs)} as jsonb)`.as('refs'),
        ]),
    )
    .returning('sequence')
    .executeTakeFirstOrThrow()

  if (sequence % TRIM_EVERY === 0)
    await scope.db
      .deleteFrom('liveUpdate')
      .where('sequence', '<=', sequence - scope.config.LIVE_LOG_LENGTH)
      .execute()
  return { ...light, sequence }
}
