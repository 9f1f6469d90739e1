import type { Envelope } from '@ai-crm/contracts'
import type { Origin } from '../context.ts'
import type { Statement } from '../db/database.ts'
import type { ServiceRuntime, UnitMember, UnitOfWork, WorkLimits } from '../runtime/runtime.ts'
import type { Consumer } from '../service.ts'
import { withRemoteParent, withSpan } from '../telemetry/tracing.ts'
import { claimEvents } from './claim-events.ts'
import { passBeforeCommit, passAfterCommit } from './consumer-failpoints.ts'
import { refusalOf, type Refusal } from './refusal.ts'

/** A handler that is not done by then is rolled back and parked. Below the lease of a retry. */
export const HANDLER_TIMEOUT_MS = 20_000

export type Outcome = 'handled' | Refusal

export interface Handling {
  readonly runtime: ServiceRuntime
  readonly consumer: Consumer
  /** Its data is parsed already. */
  readonly envelope: Envelope
  /** Aborted when the service stops for good. */
  readonly signal: AbortSignal
}

/** Runs a handler on an event that the bus brought, unless earlier ones of its line are parked. Rejects with everything undone. */
export function handleDelivered(handling: Handling): Promise<Outcome> {
  return inUnit(handling, async (unit) => {
    const claim = unit.batch([claimEvents([handling])])
    const refused = claim.then(() => null, refusalOf)
    // The handler starts meanwhile: its first statements travel with the claim, and a refused claim undoes them.
    try {
      await callHandler(handling.consumer, unit, handling.envelope)
      passBeforeCommit([handling.consumer.name])
      await Promise.all([claim, unit.commit()])
      passAfterCommit([handling.consumer.name])
      return 'handled'
    } catch (error) {
      await unit.rollback()
      const refusal = await refused
      if (refusal) return refusal
      throw error
    }
  })
}

/** Runs a handler on the head of a line, unless it was handled before; `whenDone` commits with the effect. */
export function handleParked(handling: Handling, whenDone: readonly Statement[]): Promise<void> {
  return inUnit(handling, async (unit) => {
    try {
      const [inbox] = await unit.batch([insertInbox(handling)])
      if (inbox?.rowCount === 1) await callHandler(handling.consumer, unit, handling.envelope)
      for (const statement of whenDone) unit.defer(statement)
      passBeforeCommit([handling.consumer.name])
      await unit.commit()
      passAfterCommit([handling.consumer.name])
    } catch (error) {
      await unit.rollback()
      throw error
    }
  })
}

async function inUnit<Result>({ runtime, consumer, envelope, signal }: Handling, work: (unit: UnitOfWork) => Promise<Result>): Promise<Result> {
  const limits: WorkLimits = {
    signal: AbortSignal.any([signal, AbortSignal.timeout(HANDLER_TIMEOUT_MS)]),
    dueAtMs: performance.now() + HANDLER_TIMEOUT_MS,
    log: runtime.log.child({ consumer: consumer.name, eventId: envelope.id, correlationId: envelope.correlationId }),
  }
  const unit = runtime.openUnit(originOf(envelope), limits)
  try {
    return await withRemoteParent(envelope.trace, () =>
      withSpan(consumer.name, { 'messaging.message.id': envelope.id }, () => untilAborted(limits.signal, work(unit)), 'consumer'),
    )
  } catch (error) {
    await unit.rollback() // after an abort the work may still be under way
    throw error
  }
}

export async function callHandler(consumer: Pick<Consumer, 'handle'>, { ctx, scope }: UnitMember, envelope: Envelope): Promise<void> {
  // The kit bound the types of scope and event to this handler (service.ts); in the table of consumers they are erased.
  await consumer.handle({ ...ctx, ...scope } as never, envelope as never)
}

const insertInbox = ({ consumer, envelope }: Pick<Handling, 'consumer' | 'envelope'>): Statement => ({
  // What is about somebody, or an organisation, that is erased here is as what was handled before.
  text: `insert into inbox (consumer, event_id) select $1, $2 from pass_unless_paused()
          where not exists (select from erased_organization) and not exists (select from erased_aggregate where id = $3) on conflict do nothing`,
  values: [consumer.name, envelope.id, envelope.aggregate.id],
})

/** What a handler does is done for the event's organisation, in its actor's name, as an answer to it. */
export const originOf = (envelope: Envelope): Origin => ({
  organizationId: envelope.organizationId,
  actor: envelope.actor,
  correlationId: envelope.correlationId,
  causationId: envelope.id,
  depth: envelope.depth + 1,
  trace: envelope.trace,
})

/** Rejects when the signal aborts first, so that no handler can hold a delivery for ever. */
export function untilAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
