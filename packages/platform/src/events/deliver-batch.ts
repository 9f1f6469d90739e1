import type { Envelope } from '@ai-crm/contracts'
import { consumerDuration } from '../telemetry/metrics.ts'
import { AggregateLanes } from './aggregate-lanes.ts'
import { deliverEvent, type Delivery } from './deliver-event.ts'
import { failureFields } from './describe-failure.ts'
import { handleBatch } from './handle-batch.ts'
import type { Told } from './told.ts'

/**
 * Brings events of one organisation, in their order, to all consumers of the service in one transaction. Should anything
 * be out of the ordinary (a handler fails, an event cannot be read, earlier ones of its line are parked), nothing has
 * happened and each event goes its own way instead: there, only what fails is parked.
 */
export async function deliverBatch(delivery: Delivery, envelopes: readonly Envelope[]): Promise<readonly PromiseSettledResult<void>[]> {
  const told = wanted(delivery, envelopes)
  if (!told || told.length < 2) return oneByOne(delivery, envelopes)
  const startedMs = performance.now()
  try {
    const isDone = await handleBatch(delivery, told)
    if (!isDone) return await oneByOne(delivery, envelopes)
  } catch (error) {
    if (delivery.signal.aborted) return envelopes.map(() => ({ status: 'rejected', reason: error }))
    delivery.runtime.log.info({ attempt: 1, ...failureFields(error) }, 'a batch of events failed; each is tried by itself')
    return oneByOne(delivery, envelopes)
  }
  const seconds = (performance.now() - startedMs) / 1000 / told.length
  for (const { consumer } of told) consumerDuration.observe({ consumer: consumer.name, outcome: 'done' }, seconds)
  return envelopes.map(() => ({ status: 'fulfilled', value: undefined }))
}

/** Null where the batch cannot be one: an unknown or unreadable event, or the same event twice. */
function wanted({ runtime, known }: Delivery, envelopes: readonly Envelope[]): readonly Told[] | null {
  if (new Set(envelopes.map(({ id }) => id)).size < envelopes.length) return null
  const told: Told[] = []
  for (const envelope of envelopes) {
    const verdict = known.read(envelope)
    if (verdict.kind === 'unreadable') return null
    for (const consumer of runtime.definition.consumers)
      if (consumer.event.type === envelope.type && consumer.event.version === envelope.version) told.push({ consumer, envelope: verdict.envelope })
  }
  return told
}

/** In order inside an aggregate; aggregates side by side. */
function oneByOne(delivery: Delivery, envelopes: readonly Envelope[]): Promise<readonly PromiseSettledResult<void>[]> {
  const lanes = new AggregateLanes()
  return Promise.allSettled(envelopes.map((envelope) => lanes.run(envelope.aggregate.id, () => deliverEvent(delivery, envelope))))
}
