import { Envelope } from '@ai-crm/contracts'
import { consumerDuration } from '../telemetry/metrics.ts'
import { refusalOf } from './refusal.ts'
import { deliverEvent, unknownConsumer, type Delivery } from './deliver-event.ts'
import { failureFields, reasonOf } from './describe-failure.ts'
import { handleParked } from './handle-event.ts'
import { postponeEvent } from './park-event.ts'
import { advanceLine, deleteParked, lockLine, retryDelayMs } from './parked-event.ts'
import type { RelayConnection } from './relay-connection.ts'

/** How long a claimed head is ours; longer than a handler may take, and the takeover time after a crash. */
const LEASE_SECONDS = 25
const HEADS_AT_ONCE = 8

interface ClaimedHead {
  readonly consumer: string
  readonly envelope: Envelope
  readonly attempts: number
}

/** Handles the due heads of all lines, side by side. Returns how many there were. */
export async function retryDueEvents(delivery: Delivery, connection: RelayConnection): Promise<number> {
  const heads = await claimDueHeads(connection)
  const refused = (await Promise.all(heads.map(async (head) => ((await retryHead(delivery, head)) ? [] : [head])))).flat()
  if (refused.length > 0) await lookAgainSoon(connection, refused)
  return heads.length
}

/** No attempt is charged to those that a rebuild of a projection holds up. */
async function lookAgainSoon(connection: RelayConnection, heads: readonly ClaimedHead[]): Promise<void> {
  await connection.query(
    `update parked_event p set next_attempt_at = now() + interval '1 second' from unnest($1::uuid[], $2::text[], $3::uuid[]) as head (organization, consumer, event)
      where p.organization_id = head.organization and p.consumer = head.consumer and p.event_id = head.event and p.status = 'waiting'`,
    [heads.map(({ envelope }) => envelope.organizationId), heads.map(({ consumer }) => consumer), heads.map(({ envelope }) => envelope.id)],
  )
}

/** Moves the time of the next attempt by a lease, so that other replicas leave the heads alone while we try. */
async function claimDueHeads(connection: RelayConnection): Promise<ClaimedHead[]> {
  const rows = await connection.query<{ consumer: string; envelope: unknown; attempts: number }>(
    `update parked_event p set next_attempt_at = now() + $2 * interval '1 second'
       from (select organization_id, consumer, event_id from parked_event
              where status = 'waiting' and next_attempt_at <= now()
              order by next_attempt_at limit $1 for update skip locked) due
      where p.organization_id = due.organization_id and p.consumer = due.consumer and p.event_id = due.event_id
      returning p.consumer, p.envelope, p.attempts`,
    [HEADS_AT_ONCE, LEASE_SECONDS],
  )
  return rows.map((row) => ({ ...row, envelope: Envelope.parse(row.envelope) }))
}

/** Whether it was taken, with whatever came of it; else a rebuild holds it up. */
async function retryHead(delivery: Delivery, head: ClaimedHead): Promise<boolean> {
  const { runtime } = delivery
  const stopTimer = consumerDuration.startTimer({ consumer: head.consumer })
  try {
    await handleHead(delivery, head)
    stopTimer({ outcome: 'done' })
  } catch (error) {
    if (delivery.signal.aborted) return true
    if (refusalOf(error) === 'behind') return false
    const attempts = head.attempts + 1
    const retryInMs = retryDelayMs(attempts)
    const fields = { consumer: head.consumer, eventId: head.envelope.id, eventType: head.envelope.type, attempt: attempts, ...failureFields(error) }
    if (retryInMs === null) runtime.log.error(fields, 'event is a dead letter')
    else runtime.log.warn(fields, 'consumer failed again')
    await postponeEvent(runtime, { ...head, attempts, retryInMs, reason: reasonOf(error) }, head.attempts)
    stopTimer({ outcome: 'parked' })
    if (retryInMs !== null) delivery.onParked(retryInMs)
  }
  return true
}

async function handleHead(delivery: Delivery, head: ClaimedHead): Promise<void> {
  const { runtime, known } = delivery
  const whenDone = [lockLine(head), deleteParked(head), advanceLine(head)]
  if (head.consumer === unknownConsumer(runtime.definition.name)) return handleOnceUnknown(delivery, head)
  const { type, version } = head.envelope
  // Several events may share a name, and with it one line.
  const consumer = runtime.definition.consumers.find(({ name, event }) => name === head.consumer && event.type === type && event.version === version)
  if (!consumer) throw new Error(`${runtime.definition.name} has no consumer ${head.consumer} of ${type}`)
  const verdict = known.read(head.envelope)
  if (verdict.kind === 'unreadable') throw new Error(verdict.reason)
  await handleParked({ ...delivery, consumer, envelope: verdict.envelope }, whenDone)
}

/** Redriven after a deployment that knows the event: it goes to the consumers as if it came from the bus. */
async function handleOnceUnknown(delivery: Delivery, head: ClaimedHead): Promise<void> {
  if (!delivery.known.has(head.envelope)) throw new Error('Unknown event type or version')
  await deliverEvent(delivery, head.envelope)
  await removeParked(delivery, head)
}

async function removeParked({ runtime }: Delivery, head: ClaimedHead): Promise<void> {
  const unit = runtime.openUnit(
    {
      organizationId: head.envelope.organizationId,
      actor: head.envelope.actor,
      correlationId: head.envelope.correlationId,
      causationId: null,
      depth: 0,
      trace: null,
    },
    { signal: new AbortController().signal, log: runtime.log },
  )
  try {
    await unit.batch([lockLine(head), deleteParked(head), advanceLine(head)])
    await unit.commit()
  } catch (error) {
    await unit.rollback()
    throw error
  }
}
