import type { Statement } from '../db/database.ts'
import type { UnitOfWork, WorkLimits } from '../runtime/runtime.ts'
import { withRemoteParent, withSpan } from '../telemetry/tracing.ts'
import type { Delivery } from './deliver-event.ts'
import { callHandler, HANDLER_TIMEOUT_MS, originOf, untilAborted } from './handle-event.ts'
import { passAfterCommit, passBeforeCommit } from './consumer-failpoints.ts'
import type { Told } from './told.ts'

/**
 * Runs the handlers of one organisation's events one after another in one transaction, each on behalf of its own event.
 * Those that have handled their event before are skipped. Answers false, with everything undone, where an event has to
 * wait behind a parked one; rejects, with everything undone, when a handler fails.
 */
export async function handleBatch({ runtime, signal }: Pick<Delivery, 'runtime' | 'signal'>, told: readonly Told[]): Promise<boolean> {
  const [first] = told
  if (!first) return true
  const limits: WorkLimits = {
    signal: AbortSignal.any([signal, AbortSignal.timeout(HANDLER_TIMEOUT_MS)]),
    dueAtMs: performance.now() + HANDLER_TIMEOUT_MS,
    log: runtime.log,
  }
  const unit = runtime.openUnit(originOf(first.envelope), limits)
  try {
    const isDone = await untilAborted(limits.signal, claimAndHandle(unit, told, limits))
    if (!isDone) {
      await unit.rollback()
      return false
    }
    const names = told.map(({ consumer }) => consumer.name)
    passBeforeCommit(names)
    await unit.commit()
    passAfterCommit(names)
    return true
  } catch (error) {
    await unit.rollback()
    throw error
  }
}

async function claimAndHandle(unit: UnitOfWork, told: readonly Told[], limits: WorkLimits): Promise<boolean> {
  const [inbox, lines] = await unit.batch([insertInboxes(told), findLines(told)])
  if (lines && lines.rows.length > 0) return false
  const claimed = new Set(inbox?.rows.map((row) => claimOf(String(row['consumer']), String(row['eventId']))))
  for (const each of told) {
    limits.signal.throwIfAborted()
    if (claimed.has(claimOf(each.consumer.name, each.envelope.id))) await handleOne(unit, each, limits)
  }
  return true
}

async function handleOne(unit: UnitOfWork, { consumer, envelope }: Told, limits: WorkLimits): Promise<void> {
  const work: WorkLimits = { ...limits, log: limits.log.child({ consumer: consumer.name, eventId: envelope.id, correlationId: envelope.correlationId }) }
  await withRemoteParent(envelope.trace, () =>
    withSpan(consumer.name, { 'messaging.message.id': envelope.id }, () => callHandler(consumer, unit.join(originOf(envelope), work), envelope), 'consumer'),
  )
}

const claimOf = (consumer: string, eventId: string): string => `${consumer} ${eventId}`

const insertInboxes = (told: readonly Told[]): Statement => ({
  // Nothing reaches an organisation that is erased here: like what was handled before.
  text: `insert into inbox (consumer, event_id) select * from unnest($1::text[], $2::uuid[]) where not exists (select from erased_organization)
         on conflict do nothing returning consumer, event_id`,
  values: [told.map(({ consumer }) => consumer.name), told.map(({ envelope }) => envelope.id)],
})

/** Lines of these events in which earlier ones wait. */
const findLines = (told: readonly Told[]): Statement => ({
  text: `select 1 from parked_event p join unnest($1::text[], $2::uuid[]) as line (consumer, aggregate_id) using (consumer, aggregate_id)
          where p.status <> 'dead' limit 1`,
  values: [told.map(({ consumer }) => consumer.name), told.map(({ envelope }) => envelope.aggregate.id)],
})
