import { describe, expect, it } from 'vitest'
import { describeBus } from './bus-conformance.ts'
import { envelopeOf, stepTaken } from './event-fixture.ts'
import { createInProcessBus } from './in-process-bus.ts'

describe('in-process bus', () => {
  describeBus(async () => createInProcessBus())

  it('refuses an event while a subscribed service is not running, so that it stays in the outbox', async () => {
    const bus = createInProcessBus()
    await bus.declare([{ service: 'crm', eventTypes: [stepTaken.type] }])
    const publishing = bus.publish(envelopeOf(crypto.randomUUID(), 1, crypto.randomUUID()))
    await expect(publishing).rejects.toThrow('crm consumes test.step.taken but is not running')
  })

  it('resolves only once the consumer is done', async () => {
    const bus = createInProcessBus()
    await bus.declare([{ service: 'crm', eventTypes: [stepTaken.type] }])
    let isDone = false
    await bus.subscribe('crm', async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      isDone = true
    })
    await bus.publish(envelopeOf(crypto.randomUUID(), 1, crypto.randomUUID()))
    expect(isDone).toBe(true)
  })
})
