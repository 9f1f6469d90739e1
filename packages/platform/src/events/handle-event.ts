import type { Envelope } from '@ai-crm/contracts'
import type { Origin } from '../context.ts'
import type { Statement } from '../db/database.ts'
import type { ServiceRuntime, UnitMember, UnitOfWork, WorkLimits } from '../runtime/runtime.ts'
import type { Consumer } from '../service.ts'
import { withRemoteParent, withSpan } from '../telemetry/tracing.ts'
import { passBeforeCommit, passAfterCommit } from './consumer-failpoints.ts'
import { findLine } from './parked-event.ts'

/** A handler that is not done by then is rolled back and parked. Below the lease of a retry. */
export const HANDLER_TIMEOUT_MS = 20_000

/** `behind`: earlier events of the same consumer and aggregate are parked, so nothing was done. */
export type Outcome = 'handled' | 'duplicate' | 'behind'

export interface Handling {
  readonly runtime: ServiceRuntime
  readonly consumer: Consumer
  /** Its data is parsed already. */
  readonly envelope: Envelope
  /** Aborted when the service stops for good. */
  readonly signal: AbortSignal
  /** Statements that commit together with the effect. */
  readonly whenDone?: readonly Statement[]
}

/** Runs a handler on an event that the bus brought, unless earlier ones of its line are parked. Rejects with everything undone. */
export const handleDelivered = (handling: Handling): Promise<Outcome> =>
  runHandler(handling, [findLine({ consumer: handling.consumer.name, envelope: handling.envelope })])

/** Runs a handler on the head of a line. */
export const handleParked = (handling: Handling): Promise<Outcome> => runHandler(handling, [])

async function runHandler(handling: Handling, findBlockers: readonly Statement[]): Promise<Outcome> {
  const { runtime, consumer, envelope } = handling
  const work: WorkLimits = {
    signal: AbortSignal.any([handling.signal, AbortSignal.timeout(HANDLER_TIMEOUT_MS)]),
    dueAtMs: performance.now() + HANDLER_TIMEOUT_MS,
    log: runtime.log.child({ consumer: consumer.name, eventId: envelope.id, correlationId: envelope.correlationId }),
  }
  return withRemoteParent(envelope.trace, () =>
    withSpan(
      consumer.name,
      { 'messaging.message.id': envelope.id },
      async () => {
        const unit = runtime.openUnit(originOf(envelope), work)
        try {
          const outcome = await untilAborted(work.signal, claimAndHandle(unit, handling, findBlockers))
          if (outcome === 'handled' || handling.whenDone) await finish(unit, handling)
          else await unit.rollback()
          return outcome
        } catch (error) {
          await unit.rollback()
          throw error
        }
      },
      'consumer',
    ),
  )
}

async function claimAndHandle(unit: UnitOfWork, { consumer, envelope }: Handling, findBlockers: readonly Statement[]): Promise<Outcome> {
  const [inbox, line] = await unit.batch([insertInbox(consumer.name, envelope.id), ...findBlockers])
  if (inbox?.rowCount === 0) return 'duplicate'
  if (line && line.rows.length > 0) return 'behind'
  await callHandler(consumer, unit, envelope)
  return 'handled'
}

export async function callHandler(consumer: Consumer, { ctx, scope }: UnitMember, envelope: Envelope): Promise<void> {
  // The kit bound the types of scope and event to this handler (service.ts); in the table of consumers they are erased.
  await consumer.handle({ ...ctx, ...scope } as never, envelope as never)
}

async function finish(unit: UnitOfWork, { consumer, whenDone = [] }: Handling): Promise<void> {
  for (const statement of whenDone) unit.defer(statement)
  passBeforeCommit([consumer.name])
  await unit.commit()
  passAfterCommit([consumer.name])
}

const insertInbox = (consumer: string, eventId: string): Statement => ({
  // Nothing reaches an organisation that is erased here: like what was handled before.
  text: 'insert into inbox (consumer, event_id) select $1, $2 where not exists (select from erased_organization) on conflict do nothing',
  values: [consumer, eventId],
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
