import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import type { OperationsTables } from './operations-tables.ts'

/**
 * Lets a dead letter be tried again, with all its attempts and its old id: an effect that did commit is not
 * repeated. Redriving what waits already changes nothing.
 */
export async function redriveDeadLetter(ctx: Ctx<OperationsTables>, { consumer, eventId }: { consumer: string; eventId: string }): Promise<void> {
  await ctx.write(async ({ db }) => {
    const parked = await db
      .selectFrom('parkedEvent')
      .select(['status', 'aggregateId'])
      .where('consumer', '=', consumer)
      .where('eventId', '=', eventId)
      .executeTakeFirst()
    if (!parked) throw notFound('dead letter')
    if (parked.status !== 'dead') return
    // The same lock as in parked-event.ts: it joins its line behind what waits there.
    await sql`select pg_advisory_xact_lock(hashtext(${consumer}), hashtext(${parked.aggregateId}))`.execute(db)
    await sql`update parked_event p set attempts = 0, next_attempt_at = now(),
                status = case when exists (select from parked_event line where line.consumer = p.consumer and line.aggregate_id = p.aggregate_id
                                             and line.status <> 'dead') then 'blocked' else 'waiting' end
              where p.consumer = ${consumer} and p.event_id = ${eventId} and p.status = 'dead'`.execute(db)
  })
  ctx.log.info({ consumer, eventId, actorId: ctx.actor.id }, 'dead letter redriven')
}
