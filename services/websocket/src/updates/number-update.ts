import type { Envelope, LiveUpdate } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { toLiveUpdate } from './live-update.ts'

/** The oldest rows are removed once in so many updates: a little more than the configured length is kept. */
const TRIM_EVERY = 100

/** Gives the event the organisation's next number and keeps it for those who are away. */
export async function numberUpdate(scope: Scope, event: Envelope): Promise<LiveUpdate> {
  const { lastSequence } = await scope.db
    .insertInto('liveSequence')
    .values({ lastSequence: 1 })
    .onConflict((conflict) => conflict.column('organizationId').doUpdateSet((eb) => ({ lastSequence: eb('liveSequence.lastSequence', '+', 1) })))
    .returning('lastSequence')
    .executeTakeFirstOrThrow()

  const update = toLiveUpdate(lastSequence, event)
  await scope.db
    .insertInto('liveUpdate')
    .values({
      sequence: update.sequence,
      eventId: update.eventId,
      type: update.type,
      aggregateType: update.aggregate.type,
      aggregateId: update.aggregate.id,
      actor: JSON.stringify(update.actor),
      occurredAt: update.occurredAt,
      refs: JSON.stringify(update.refs),
    })
    .execute()

  if (lastSequence % TRIM_EVERY === 0)
    await scope.db
      .deleteFrom('liveUpdate')
      .where('sequence', '<=', lastSequence - scope.config.LIVE_LOG_LENGTH)
      .execute()
  return update
}
