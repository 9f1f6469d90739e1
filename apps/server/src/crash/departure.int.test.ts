import { createClient, ProblemError } from '@ai-crm/contracts'
import { createTestDatabase } from '@ai-crm/testing/database'
import { fingerprintOf, listTenantTables } from '@ai-crm/testing/tenant-rows'
import { afterAll, expect, it } from 'vitest'
import { liveADay, persist, PASSWORD, type Day } from './a-day.fixture.ts'
import { DEPARTURE, sampled } from './chains.ts'
import { dieThrough, freePorts, startWorld } from './world.fixture.ts'

const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const rows = (sql: string) => database.asAdmin(sql)
const PATIENCE = { timeout: 300_000, interval: 200 }
const SERVICES = ['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket']
/** What a service keeps of its own work, which goes on. */
const BUSINESS = [
  'contact',
  'timeline_entry',
  'conversation',
  'message',
  'delivery',
  'channel',
  'draft',
  'webhook',
  'membership',
  'organization',
  'security_event',
]

async function deleteOrganization(url: string, { email }: Day): Promise<void> {
  const stranger = createClient({ baseUrl: url, accessToken: () => null })
  const answer = await persist('sign in', () => stranger.auth.signIn({ body: { email, password: PASSWORD } }))
  if (answer.status !== 'signed-in') throw new Error(`Not signed in: ${answer.status}`)
  const client = createClient({ baseUrl: url, accessToken: () => answer.accessToken })
  await persist('delete the organisation', async () => {
    try {
      await client.auth.requestOrganizationDeletion({ body: { name: answer.me.organization.name } })
    } catch (error) {
      // It was heard, and its answer was lost.
      if (!(error instanceof ProblemError) || error.status !== 401) throw error
    }
  })
}

const chain = sampled(DEPARTURE)
it(`erases everything of one organisation and nothing of another when it dies at ${chain.join(', ')}`, { timeout: 1_200_000 }, async () => {
  const ports = await freePorts()
  const place = { ...ports, url: `http://localhost:${ports.port}`, world: crash.world, receiverUrl: crash.receiver.url }
  const program = crash.start(chain, ports, { DELETION_GRACE_HOURS: '0', ERASURE_SETTLE_SECONDS: '0' })
  await dieThrough(program, chain, async () => {
    const [leaving, staying] = [await liveADay(place), await liveADay(place)]
    const inTimeline = async () =>
      (await rows(`select 1 from crm.timeline_entry where organization_id = '${staying.organizationId}' and type = 'message.sent'`)).length
    await expect.poll(inTimeline, PATIENCE).toBe(1)
    const tables = await listTenantTables(rows)
    const business = tables.filter(({ name }) => BUSINESS.includes(name.split('.')[1] ?? ''))
    expect(business.length).toBeGreaterThanOrEqual(BUSINESS.length)
    const fingerprints = () => Promise.all(business.map((table) => fingerprintOf(rows, table, staying.organizationId)))
    const before = await fingerprints()

    await deleteOrganization(place.url, leaving)
    const mine = `organization_id = '${leaving.organizationId}'`
    const erased = SERVICES.map((name) => `select 1 from ${name}.erased_organization where ${mine} and stage = 'erased'`)
    await expect.poll(async () => (await rows(erased.join(' union all '))).length, PATIENCE).toBe(SERVICES.length)
    for (const { name } of tables)
      if (!name.endsWith('.erased_organization')) expect(await rows(`select 1 from ${name} where ${mine} limit 1`), name).toEqual([])
    expect(await rows(`select 1 from auth.user_account where email = '${leaving.email}'`)).toEqual([])
    expect(await fingerprints()).toEqual(before)
  })
})
