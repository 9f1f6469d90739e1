import type { Envelope } from '@ai-crm/contracts'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import type { Bus, Subscription } from '../adapters.ts'
import { checkDeliveries, type Delivered } from './delivery-check.ts'
import { envelopeOf, stepTaken, until } from './event-fixture.ts'

type OpenBus = () => Promise<Bus>

const organizationId = uuidV7()
const subscriptions: readonly Subscription[] = [
  { service: 'crm', eventTypes: [stepTaken.type] },
  { service: 'ai', eventTypes: [stepTaken.type] },
]

async function withBus(open: OpenBus, work: (bus: Bus) => Promise<void>): Promise<void> {
  const bus = await open()
  try {
    await bus.declare(subscriptions)
    await work(bus)
  } finally {
    await bus.close()
  }
}

/** What every adapter of the bus keeps. `open` makes the bus of one process; it is closed by the suite. */
export function describeBus(open: OpenBus): void {
  describeDelivery(open)
  describeOrder(open)
}

function describeDelivery(open: OpenBus): void {
  it('is healthy and declares the same queues again without harm', () =>
    withBus(open, async (bus) => {
      await bus.declare(subscriptions)
      expect(bus.isHealthy()).toBe(true)
    }))

  it('brings an event to every service that subscribed to its type', () =>
    withBus(open, async (bus) => {
      const [crm, ai] = [recorder(), recorder()]
      await bus.subscribe('crm', crm.deliver)
      await bus.subscribe('ai', ai.deliver)
      const walkId = uuidV7()
      await bus.publish(envelopeOf(walkId, 1, organizationId))
      await until(async () => crm.stepsOf(walkId).length > 0 && ai.stepsOf(walkId).length > 0)
      expect(crm.received.find(({ aggregate }) => aggregate.id === walkId)).toMatchObject({ organizationId, data: { walkId, step: 1 } })
    }))

  it('resolves for a type that nobody subscribed to', () =>
    withBus(open, async (bus) => {
      const event = { ...envelopeOf(uuidV7(), 1, organizationId), type: 'test.nobody.listens' }
      await expect(bus.publish(event)).resolves.toBeUndefined()
    }))

  it('keeps an event for a consumer that starts later', () =>
    withBus(open, async (bus) => {
      const walkId = uuidV7()
      const publishing = publishSteps(bus, walkId, 1)
      await new Promise((resolve) => setTimeout(resolve, 150))
      const crm = recorder()
      await bus.subscribe('crm', crm.deliver)
      await bus.subscribe('ai', recorder().deliver)
      await publishing
      await until(async () => crm.stepsOf(walkId).length > 0)
      expect(crm.stepsOf(walkId)).toEqual([1])
    }))
}

function describeOrder(open: OpenBus): void {
  it('delivers again what was not taken, without letting anything of its aggregate pass', () =>
    withBus(open, async (bus) => {
      const crm = recorder({ failEvery: 5 })
      await bus.subscribe('crm', crm.deliver)
      await bus.subscribe('ai', recorder().deliver)
      const published = await publishWalks(bus, { walks: 8, steps: 6 })
      await until(async () => checkDeliveries(published, crm.deliveriesOf(published)).lost.length === 0)
      expect(checkDeliveries(published, crm.deliveriesOf(published)).outOfOrder).toEqual([])
    }))

  it('loses and reorders nothing when a consumer stops in the middle of its work and starts again', () =>
    withBus(open, async (bus) => {
      const crm = recorder({ delayMs: 5 })
      await bus.subscribe('ai', recorder().deliver)
      let subscription = await bus.subscribe('crm', crm.deliver)
      const publishing = publishWalks(bus, { walks: 10, steps: 10 })
      for (let restart = 0; restart < 3; restart++) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        await subscription.stop()
        subscription = await bus.subscribe('crm', crm.deliver)
      }
      const published = await publishing
      await until(async () => checkDeliveries(published, crm.deliveriesOf(published)).lost.length === 0)
      expect(checkDeliveries(published, crm.deliveriesOf(published)).outOfOrder).toEqual([])
    }))

  it('handles other aggregates while one is slow', () =>
    withBus(open, async (bus) => {
      const [slow, quick] = [uuidV7(), uuidV7()]
      let release = (): void => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      const done: string[] = []
      await bus.subscribe('ai', recorder().deliver)
      await bus.subscribe('crm', async ({ aggregate }) => {
        if (aggregate.id === slow) await gate
        done.push(aggregate.id)
      })
      const publishing = publishSteps(bus, slow, 1)
      await publishSteps(bus, quick, 1)
      await until(async () => done.includes(quick))
      expect(done).not.toContain(slow)
      release()
      await publishing
      await until(async () => done.includes(slow))
    }))
}

export interface Recorder {
  readonly received: Envelope[]
  deliver(envelope: Envelope): Promise<void>
  stepsOf(walkId: string): number[]
  deliveriesOf(published: ReadonlyMap<string, number>): Delivered[]
}

/** A consumer that remembers what it took. `failEvery`: each n-th delivery is refused. */
export function recorder({ failEvery = 0, delayMs = 0 }: { failEvery?: number; delayMs?: number } = {}): Recorder {
  const received: Envelope[] = []
  let deliveries = 0
  const deliveryOf = ({ aggregate }: Envelope): Delivered => ({ aggregateId: aggregate.id, step: aggregate.version })
  return {
    received,
    async deliver(envelope) {
      deliveries += 1
      if (failEvery > 0 && deliveries % failEvery === 0) throw new Error('the database is away')
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      received.push(envelope)
    },
    stepsOf: (walkId) => received.filter(({ aggregate }) => aggregate.id === walkId).map(({ aggregate }) => aggregate.version),
    deliveriesOf: (published) => received.map(deliveryOf).filter(({ aggregateId }) => published.has(aggregateId)),
  }
}

/** Publishes as a relay does: the next event of an aggregate only after the bus has the previous one, trying until it has. */
export async function publishSteps(bus: Bus, walkId: string, steps: number): Promise<void> {
  for (let step = 1; step <= steps; step++) {
    const envelope = envelopeOf(walkId, step, organizationId)
    while (!(await wasPublished(bus, envelope))) await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function wasPublished(bus: Bus, envelope: Envelope): Promise<boolean> {
  try {
    await bus.publish(envelope)
    return true
  } catch {
    return false // the relay's promise: whatever the reason, try again
  }
}

export async function publishWalks(bus: Bus, { walks, steps }: { walks: number; steps: number }): Promise<Map<string, number>> {
  const published = new Map(Array.from({ length: walks }, () => [uuidV7(), steps]))
  await Promise.all([...published.keys()].map((walkId) => publishSteps(bus, walkId, steps)))
  return published
}
