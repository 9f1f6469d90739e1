import { createClient } from '@ai-crm/contracts'
import { withAdmin } from '@ai-crm/testing/cluster'
import { createTestDatabase } from '@ai-crm/testing/database'
import { listTenantTables } from '@ai-crm/testing/tenant-rows'
import { afterAll, expect, it } from 'vitest'
import { signUp } from './a-day.fixture.ts'
import { sampled, UNDONE_FOUNDING } from './chains.ts'
import { dieThrough, freePorts, startWorld } from './world.fixture.ts'

const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const rows = (sql: string) => database.asAdmin(sql)
const PATIENCE = { timeout: 240_000, interval: 200 }

/** The AI does not answer as long as `work` lasts: what it would write to is locked. */
const whileTheAiHangs = (work: () => Promise<void>) =>
  withAdmin(database.cluster, database.name, async (run) => {
    await run('begin')
    await run('lock table ai.ai_settings in access exclusive mode')
    await work()
    await run('rollback')
  })

const chain = sampled(UNDONE_FOUNDING)
it(`undoes a founding whole, and once, when it dies at ${chain.join(', ')}`, { timeout: 1_200_000 }, async () => {
  const ports = await freePorts()
  const place = { url: `http://localhost:${ports.port}`, world: crash.world }
  const program = crash.start(chain, ports, { SETUP_TIMEOUT_SECONDS: '5', ERASURE_SETTLE_SECONDS: '0' })
  await dieThrough(program, chain, async () => {
    const email = `founder-${crypto.randomUUID().slice(0, 8)}@example.org`
    let organizationId = ''
    await whileTheAiHangs(async () => {
      const { me } = await signUp(place, email)
      organizationId = me.organization.id
      const sagaOf = async () =>
        (await rows(`select state from auth.saga where organization_id = '${organizationId}' and name = 'auth.provision-organization'`))[0]
      await expect.poll(sagaOf, PATIENCE).toEqual({ state: 'undoing' })
    })
    const mine = `organization_id = '${organizationId}'`
    const services = ['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket']
    const erased = services.map((name) => `select 1 from ${name}.erased_organization where ${mine} and stage = 'erased'`)
    await expect.poll(async () => (await rows(erased.join(' union all '))).length, PATIENCE).toBe(services.length)
    await expect.poll(() => rows(`select 1 from auth.user_account where email = '${email}'`), PATIENCE).toEqual([])

    for (const { name } of await listTenantTables(rows))
      if (!name.endsWith('.erased_organization')) expect(await rows(`select 1 from ${name} where ${mine} limit 1`), name).toEqual([])
    expect(await rows(`select 1 from messaging.inbound_address where tenant_id = '${organizationId}'`)).toEqual([])
    // The founder hears of it, once, and may come back.
    const told = () => crash.world.mails.filter(({ to, source }) => to.includes(email) && !source.includes('sign-up/confirm')).length
    await expect.poll(told, PATIENCE).toBe(1)
    const { accessToken, me } = await signUp(place, email)
    expect(me.organization.id).not.toBe(organizationId)
    const isSettingUp = async () => (await createClient({ baseUrl: place.url, accessToken: () => accessToken }).auth.getMe()).organization.isSettingUp
    await expect.poll(isSettingUp, PATIENCE).toBe(false)
  })
})
