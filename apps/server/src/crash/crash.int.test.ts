import { createTestDatabase } from '@ai-crm/testing/database'
import { afterAll, expect, it } from 'vitest'
import { liveADay, type Day } from './a-day.fixture.ts'
import { ordinaryChains } from './chains.ts'
import { freePorts, startWorld } from './world.fixture.ts'

// The real program on a real PostgreSQL dies at every point that an ordinary day passes, and comes back.
const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const { world, receiver } = crash

const one = async (sql: string): Promise<Record<string, unknown>> => (await database.asAdmin(sql))[0] ?? {}

async function settled(day: Day): Promise<boolean> {
  const mine = `organization_id = '${day.organizationId}'`
  const services = ['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket']
  const open = services.map((name) => `(select count(*) from ${name}.outbox where ${mine}) + (select count(*) from ${name}.parked_event where ${mine})`)
  const row = await one(`select ${open.join(' + ')} as left_over,
    (select count(*) from messaging.delivery where ${mine} and state in ('queued', 'sending')) as undelivered,
    (select count(*) from webhook.delivery where ${mine} and due_at is not null) as unsent,
    (select count(*) from ai.draft where ${mine} and status = 'generating') as unwritten`)
  return Object.values(row).every((count) => Number(count) === 0)
}

/** Lost: 0, twice: 0. */
async function expectWhole(day: Day): Promise<void> {
  const mine = `organization_id = '${day.organizationId}'`
  expect(
    await one(`select
      (select count(*)::int from auth.user_account where email = '${day.email}') as accounts,
      (select count(*)::int from auth.organization where name = 'Crash ${day.email}') as organizations,
      (select state from auth.saga where ${mine}) as saga,
      (select count(*)::int from messaging.channel where ${mine}) as channels,
      (select count(*)::int from ai.ai_settings where ${mine}) as settings,
      (select count(*)::int from crm.contact where ${mine} and name = '${day.contactName}') as contacts,
      (select count(*)::int from crm.contact where ${mine}) as all_contacts,
      (select count(*)::int from messaging.message where ${mine} and direction = 'inbound') as received,
      (select count(*)::int from messaging.message where ${mine} and direction = 'outbound') as written,
      (select count(*)::int from crm.timeline_entry where ${mine} and type = 'message.received') as in_timeline,
      (select count(*)::int from websocket.live_update u join messaging.event e on e.id = u.event_id and e.type = 'message.received' where u.${mine}) as live,
      (select count(*)::int from ai.conversation_message where ${mine}) > 0 as is_known_to_ai`),
  ).toEqual({
    accounts: 1,
    organizations: 1,
    saga: 'done',
    channels: 1,
    settings: 1,
    contacts: 1,
    all_contacts: 2,
    received: 1,
    written: 1,
    in_timeline: 1,
    live: 1,
    is_known_to_ai: true,
  })
  // accepted = sent + failed (visible) + unknown (visible); at the customer never twice.
  const { state } = await one(`select state from messaging.delivery where ${mine}`)
  const arrived = world.mails.filter(({ to }) => to.includes(day.customer))
  expect(['sent', 'unknown']).toContain(state)
  expect(arrived.length).toBeLessThanOrEqual(1)
  if (state === 'sent') expect(arrived).toHaveLength(1)
  // At least once, under one id: the receiver can tell a repeat.
  const told = receiver.calls.filter(({ body }) => body.includes(day.organizationId) && body.includes(day.contactName))
  expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
}

const MOST_DAYS = 4

it.each(ordinaryChains().map((chain) => [chain.join(', '), chain] as const))(
  'loses nothing and does nothing twice when it dies at %s',
  { timeout: 1_200_000 },
  async (_names, chain) => {
    const ports = await freePorts()
    const program = crash.start(chain, ports)
    try {
      for (let days = 0; days < MOST_DAYS && (days === 0 || program.deaths < chain.length); days++) {
        const day = await liveADay({ ...ports, url: `http://localhost:${ports.port}`, world, receiverUrl: receiver.url })
        await expect.poll(() => settled(day), { timeout: 180_000, interval: 200 }).toBe(true)
        await expectWhole(day)
      }
      expect(program.reached).toEqual(chain)
    } catch (error) {
      throw new Error(`${String(error)}\n${program.output.slice(-3_000)}`, { cause: error })
    } finally {
      await program.stop()
    }
  },
)
