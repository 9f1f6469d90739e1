import type { UnitOfWork, WorkLimits } from '../runtime/runtime.ts'
import { withRemoteParent, withSpan } from '../telemetry/tracing.ts'
import { claimEvents } from './claim-events.ts'
import type { Delivery } from './deliver-event.ts'
import { callHandler, HANDLER_TIMEOUT_MS, originOf, untilAborted } from './handle-event.ts'
import { passAfterCommit, passBeforeCommit } from './consumer-failpoints.ts'
import { refusalOf } from './refusal.ts'
import type { Told } from './told.ts'

/**
 * Runs the handlers of one organisation's events in one transaction, each on behalf of its own event. Answers false, with
 * everything undone, where an event was handled before or has to wait behind a parked one; rejects, with everything undone,
 * when a handler fails.
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
  // Travels with the first statements of the handlers, which are undone if it is refused.
  const claim = unit.batch([claimEvents(told)])
  const refused = claim.then(() => null, refusalOf)
  try {
    await untilAborted(limits.signal, handleAll(unit, lanesOf(runtime.definition, told), limits))
    const names = told.map(({ consumer }) => consumer.name)
    passBeforeCommit(names)
    await Promise.all([claim, unit.commit()])
    passAfterCommit(names)
    return true
  } catch (error) {
    await unit.rollback()
    const refusal = await refused
    if (refusal) return false
    throw error
  }
}

/** What has to run one after another: everything, unless the service says that its aggregates do not meet. */
function lanesOf({ handlesAggregatesSideBySide }: Delivery['runtime']['definition'], told: readonly Told[]): readonly (readonly Told[])[] {
  return handlesAggregatesSideBySide === true ? [...Map.groupBy(told, ({ envelope }) => envelope.aggregate.id).values()] : [told]
}

async function handleAll(unit: UnitOfWork, lanes: readonly (readonly Told[])[], limits: WorkLimits): Promise<void> {
  const results = await Promise.allSettled(lanes.map((lane) => handleInTurn(unit, lane, limits)))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function handleInTurn(unit: UnitOfWork, lane: readonly Told[], limits: WorkLimits): Promise<void> {
  for (const each of lane) {
    limits.signal.throwIfAborted()
    await handleOne(unit, each, limits)
  }
}

async function handleOne(unit: UnitOfWork, { consumer, envelope }: Told, limits: WorkLimits): Promise<void> {
  const work: WorkLimits = { ...limits, log: limits.log.child({ consumer: consumer.name, eventId: envelope.id, correlationId: envelope.correlationId }) }
  await withRemoteParent(envelope.trace, () =>
    withSpan(consumer.name, { 'messaging.message.id': envelope.id }, () => callHandler(consumer, unit.join(originOf(envelope), work), envelope), 'consumer'),
  )
}
