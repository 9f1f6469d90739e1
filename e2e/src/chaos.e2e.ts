import { startFakeMailWorld, type FakeMailWorld } from '@ai-crm/testing/fakes/mail-world'
import { ensureServers, type Servers } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNTS, inspect, LEFT_OVER } from './chaos/inspect.ts'
import { converse, findConversation, type Exchange } from './chaos/traffic.ts'
import { signInToDemo, type Colleague } from './people.ts'
import { pause, until } from './processes.ts'
import { startDistributedSystem, type RunningSystem } from './system.ts'

const CUSTOMERS = 6
/** `npm run test:chaos` goes round more often, and writes faster. */
const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 1)
const BETWEEN_MESSAGES_MS = Number(process.env['CHAOS_PAUSE_MS'] ?? 800)
const DOWN_MS = 500
const DRAIN_MS = 120_000

describe('kill -9 of every process in turn, and restarts of RabbitMQ and Redis, while mail flows', () => {
  let servers: Servers
  let world: FakeMailWorld
  let system: RunningSystem
  let anna: Colleague
  let exchanges: readonly Exchange[] = []

  beforeAll(async () => {
    servers = await ensureServers((line) => console.log(line))
    world = await startFakeMailWorld()
    system = await startDistributedSystem(servers, { SMTP_RELAY_URL: world.url, SEND_RETRY_SECONDS: '1' })
    anna = await signInToDemo(system)
  })
  afterAll(async () => {
    await system?.stop()
    await world?.stop()
    await servers?.stop()
  })

  it('ends with everything delivered or visible', { timeout: ROUNDS * 400_000 }, async () => {
    let isOver = false
    const talking = Promise.all(
      Array.from({ length: CUSTOMERS }, (_, number) => converse(system, anna, { number, pauseMs: BETWEEN_MESSAGES_MS, isOver: () => isOver })),
    )
    const disrupting = disrupt(system, servers).finally(() => (isOver = true))
    ;[exchanges] = await Promise.all([talking, disrupting])
    await until(
      'nothing is on its way any more',
      async () => {
        const left = await inspect(servers, LEFT_OVER)
        return Object.values(left).every((count) => count === 0) ? left : undefined
      },
      DRAIN_MS,
    )
  })

  it('has lost no message and stored none twice, in the order in which they were written', async () => {
    for (const { customer, written } of exchanges) {
      const conversationId = await findConversation(anna, customer)
      const inbound = (await messagesOf(anna, conversationId)).filter((message) => message.direction === 'inbound')
      expect(inbound.map((message) => message.text)).toEqual(written)
    }
  })

  it('has sent no reply twice, and shows each as sent, failed, held or unknown', async () => {
    expect([...world.counts().values()].filter((count) => count > 1)).toEqual([])
    const arrived = new Set(world.mails.map((mail) => mail.messageId))
    for (const { conversationId, answered } of exchanges) {
      if (answered.length === 0) continue
      const outbound = (await messagesOf(anna, conversationId)).filter((message) => message.direction === 'outbound')
      expect(outbound.map((message) => message.text)).toEqual(answered)
      for (const { state, rfcMessageId } of outbound) {
        // Held: the customer had written again before it could leave. It waits for a person, visibly.
        expect(['sent', 'failed', 'unknown', 'held']).toContain(state)
        if (state === 'sent') expect(arrived).toContain(rfcMessageId)
        if (state === 'failed' || state === 'held') expect(arrived).not.toContain(rfcMessageId)
      }
    }
  })

  it('has told every service everything, once and in order', { timeout: 2 * DRAIN_MS }, async () => {
    // What the broker holds is not in the outbox any more: the slowest consumer decides when all have heard.
    await until(
      'every service has heard everything',
      async () => {
        const { in_timelines, received, told, told_live } = await inspect(servers, ACCOUNTS)
        return in_timelines === received && told_live === told ? true : undefined
      },
      DRAIN_MS,
    ).catch(() => undefined)
    const accounts = await inspect(servers, ACCOUNTS)
    const written = exchanges.reduce((sum, exchange) => sum + exchange.written.length, 0)
    expect(accounts).toMatchObject({ dead_letters: 0, received: written, in_timelines: written, shown_live: written, out_of_order: 0 })
    expect(accounts['told_live']).toBe(accounts['told'])
    console.log(
      `chaos: ${written} messages in, ${world.mails.length} replies out, ${ROUNDS * system.processes.length} processes killed; ${JSON.stringify(accounts)}`,
    )
  })
})

/** Each process once a round, then the broker and Redis. */
async function disrupt(system: RunningSystem, servers: Servers): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (const process of system.processes) {
      await process.kill()
      await pause(DOWN_MS)
      await process.start()
      await pause(DOWN_MS)
    }
    if (servers.rabbit.isOurs) await servers.rabbit.restart()
    if (servers.redis.isOurs) await servers.redis.restart()
    await pause(DOWN_MS)
  }
}

async function messagesOf({ client }: Colleague, conversationId: string) {
  const newestFirst = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await client.messaging.listMessages({ params: { conversationId }, query: { limit: 100, ...(cursor ? { cursor } : {}) } })
    newestFirst.push(...page.items)
    cursor = page.nextCursor
  }
  return newestFirst.toReversed()
}
