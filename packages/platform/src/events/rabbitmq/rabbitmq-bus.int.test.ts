import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startRabbit } from '@ai-crm/testing/servers'
import { pino } from 'pino'
import { Connection } from 'rabbitmq-client'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, describe, expect, it } from 'vitest'
import type { Bus } from '../../adapters.ts'
import { describeBus, publishSteps, publishWalks, recorder } from '../bus-conformance.ts'
import { checkDeliveries, type Delivered } from '../delivery-check.ts'
import { envelopeOf, stepTaken, until } from '../event-fixture.ts'
import { createRabbitBus } from './rabbitmq-bus.ts'
import { Topology } from './topology.ts'

const server = await startRabbit()
afterAll(() => server.stop())
const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })
const organizationId = uuidV7()
const subscriptions = [{ service: 'crm', eventTypes: [stepTaken.type] }] as const

let namespaces = 0
const ownNamespace = () => `test${++namespaces}`

async function withBuses(count: number, work: (buses: Bus[], namespace: string) => Promise<void>): Promise<void> {
  const namespace = ownNamespace()
  const buses = Array.from({ length: count }, () => createRabbitBus({ url: server.url, log, namespace }))
  try {
    for (const bus of buses) await bus.declare(subscriptions)
    await work(buses, namespace)
  } finally {
    await Promise.all(buses.map((bus) => bus.close()))
  }
}

async function onBroker(work: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = new Connection(server.url)
  try {
    await work(connection)
  } finally {
    await connection.close()
  }
}

/** Starts a consumer in a process of its own; returns how to kill -9 it. */
function startConsumerProcess(namespace: string, file: string): () => Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./consumer-process.ts', import.meta.url)), server.url, namespace, file], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return () => (child.kill('SIGKILL'), ended)
}

function readDeliveries(file: string): Delivered[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [aggregateId = '', step] = line.split(' ')
      return { aggregateId, step: Number(step) }
    })
}

describe('RabbitMQ bus', () => {
  describeBus(async () => createRabbitBus({ url: server.url, log, namespace: ownNamespace() }))

  it('has an event on disk before its consumer ever started', () =>
    withBuses(1, async ([bus]) => {
      const walkId = uuidV7()
      await bus?.publish(envelopeOf(walkId, 1, organizationId))
      const crm = recorder()
      await bus?.subscribe('crm', crm.deliver)
      await until(async () => crm.stepsOf(walkId).length === 1)
    }))

  it('keeps the order of every aggregate with two replicas, one of which leaves in the middle of its work', () =>
    withBuses(3, async ([publisher, first, second]) => {
      const crm = recorder({ delayMs: 10 })
      const leaving = await first?.subscribe('crm', crm.deliver)
      await second?.subscribe('crm', crm.deliver)
      if (!publisher) throw new Error('no publisher')
      const publishing = publishWalks(publisher, { walks: 20, steps: 15 })
      await new Promise((resolve) => setTimeout(resolve, 150))
      await leaving?.stop()
      const published = await publishing
      await until(async () => checkDeliveries(published, crm.deliveriesOf(published)).lost.length === 0, 15_000)
      expect(checkDeliveries(published, crm.deliveriesOf(published))).toEqual({ lost: [], outOfOrder: [], repeats: 0 })
    }))

  it('puts what is no envelope into the dead queue and goes on', () =>
    withBuses(1, async ([bus], namespace) => {
      const topology = new Topology(namespace)
      const crm = recorder()
      await bus?.subscribe('crm', crm.deliver)
      await onBroker(async (connection) => {
        const publisher = connection.createPublisher({ confirm: true })
        await publisher.send({ routingKey: topology.queue('crm', 0), contentType: 'application/json' }, Buffer.from('{"no": "envelope"'))
        await publisher.send({ routingKey: topology.queue('crm', 0) }, Buffer.from([0xff, 0x00]))
        await until(async () => (await connection.queueDeclare({ queue: topology.deadQueue, passive: true })).messageCount === 2)
        await publisher.close()
      })
      const walkId = uuidV7().slice(0, -1) + '0'
      await bus?.publish(envelopeOf(walkId, 1, organizationId))
      await until(async () => crm.stepsOf(walkId).length === 1)
    }))

  it('refuses an event that no queue took, and declares the queues again', () =>
    withBuses(1, async ([bus], namespace) => {
      const topology = new Topology(namespace)
      await onBroker(async (connection) => {
        for (const queue of topology.queues('crm')) await connection.queueDelete(queue)
      })
      const event = envelopeOf(uuidV7(), 1, organizationId)
      await expect(bus?.publish(event)).rejects.toThrow('No queue took')
      await bus?.publish(event)
      const crm = recorder()
      await bus?.subscribe('crm', crm.deliver)
      await until(async () => crm.received.length === 1)
    }))

  it('loses and reorders nothing when consumers are killed with -9 one after another', { timeout: 60_000 }, () =>
    withBuses(1, async ([publisher], namespace) => {
      if (!publisher) throw new Error('no publisher')
      const directory = mkdtempSync(join(tmpdir(), 'deliveries-'))
      const file = join(directory, 'log')
      writeFileSync(file, '')
      const published = new Map(Array.from({ length: 20 }, () => [uuidV7(), 40]))
      const publishing = Promise.all([...published.keys()].map((walkId) => publishSteps(publisher, walkId, 40)))
      let kills = [startConsumerProcess(namespace, file), startConsumerProcess(namespace, file)]
      for (let round = 1; round <= 4; round++) {
        const before = readDeliveries(file).length
        await until(async () => readDeliveries(file).length > before + 50, 20_000)
        const [kill, ...others] = kills
        await kill?.()
        kills = [...others, startConsumerProcess(namespace, file)]
      }
      await publishing
      await until(async () => checkDeliveries(published, readDeliveries(file)).lost.length === 0, 20_000)
      const { lost, outOfOrder } = checkDeliveries(published, readDeliveries(file))
      expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] })
      await Promise.all(kills.map((kill) => kill()))
      rmSync(directory, { recursive: true })
    }),
  )

  it('loses and reorders nothing when the broker is killed and comes back', { timeout: 120_000 }, () =>
    withBuses(2, async ([publisher, consumer]) => {
      if (!publisher) throw new Error('no publisher')
      const crm = recorder({ delayMs: 2 })
      await consumer?.subscribe('crm', crm.deliver)
      // A quorum queue that is younger than a few seconds may lose confirmed messages to kill -9 (stack.md).
      await new Promise((resolve) => setTimeout(resolve, 8_000))
      const published = new Map(Array.from({ length: 20 }, () => [uuidV7(), 60]))
      const publishing = Promise.all([...published.keys()].map((walkId) => publishSteps(publisher, walkId, 60)))
      await until(async () => crm.received.length > 100)
      await server.kill()
      expect(publisher.isHealthy()).toBe(false)
      await server.restart()
      await publishing
      await until(async () => checkDeliveries(published, crm.deliveriesOf(published)).lost.length === 0, 30_000)
      const { lost, outOfOrder } = checkDeliveries(published, crm.deliveriesOf(published))
      expect({ lost, outOfOrder }).toEqual({ lost: [], outOfOrder: [] })
    }),
  )
})
