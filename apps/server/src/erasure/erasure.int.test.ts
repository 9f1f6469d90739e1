import ai from '@ai-crm/ai'
import auth from '@ai-crm/auth'
import { API_PREFIX } from '@ai-crm/contracts'
import crm from '@ai-crm/crm'
import messaging from '@ai-crm/messaging'
import pipeline from '@ai-crm/pipeline'
import { signUp, startService } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/cluster'
import { fingerprintOf, listTenantTables, plantRow } from '@ai-crm/testing/tenant-rows'
import webhook from '@ai-crm/webhook'
import websocket from '@ai-crm/websocket'
import { expect, it } from 'vitest'

const SERVICES = ['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket'] as const
const environment = { SMTP_PORT: '0', DELETION_GRACE_HOURS: '0', ERASURE_SETTLE_SECONDS: '1' }
const product = await startService(auth, { together: [crm, messaging, ai, webhook, pipeline, websocket], environment })
const { database } = product
const rows = (sql: string) => database.asAdmin(sql)
/** All that stays: that there was something, and when it went. */
const TOMBSTONE = /\.erased_organization$/
const tables = (await listTenantTables(rows)).filter(({ name }) => !TOMBSTONE.test(name))

const isEmpty = (print: unknown): boolean => JSON.stringify(print).includes('"count":0')

async function plantEverywhere(organizationId: string) {
  await withAdmin(database.cluster, database.name, async (run) => {
    // Which values make sense is not what is tested here.
    await run(`do $$ declare c record; begin for c in select conrelid::regclass as t, conname from pg_constraint where contype = 'c' and conrelid <> 0
      loop execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$`)
    for (const table of tables) if (isEmpty(await fingerprintOf(run, table, organizationId))) await plantRow(run, table, organizationId)
  })
}
/** What was planted is no work that anybody can do. */
const forget = (organizationId: string) =>
  withAdmin(database.cluster, database.name, async (run) => {
    await run("set session_replication_role = 'replica'")
    for (const { name } of tables) await run(`delete from ${name} where organization_id = '${organizationId}'`)
  })

const fingerprints = (organizationId: string) =>
  Promise.all(tables.map(async (table) => [table.name, await fingerprintOf(rows, table, organizationId)] as const))
const isErased = async (organizationId: string) =>
  (
    await Promise.all(
      SERVICES.map((name) => rows(`select 1 from ${name}.erased_organization where organization_id = '${organizationId}' and stage = 'erased'`)),
    )
  ).every((found) => found.length === 1)

it('erases every row of an organisation in every service, and touches no other', { timeout: 240_000 }, async () => {
  const person = { organizationName: 'Leaving', name: 'Ada', email: 'ada@leaving.example', password: 'correct horse battery' }
  const { accessToken, me } = await signUp(product, person)
  await product.settle()
  const { id: leaving, slug } = me.organization
  const staying = crypto.randomUUID()
  await plantEverywhere(leaving)
  await plantEverywhere(staying)
  expect(tables.length).toBeGreaterThan(35)
  for (const [name, print] of await fingerprints(leaving)) expect(print, name).not.toMatchObject({ count: 0 })
  const before = await fingerprints(staying)

  const headers = { authorization: `Bearer ${accessToken}` }
  const asked = await product.app.inject({ method: 'POST', url: `${API_PREFIX}/organization/deletion`, headers, payload: { name: 'Leaving' } })
  expect(asked.statusCode).toBe(200)
  await expect.poll(() => isErased(leaving), { timeout: 200_000, interval: 250 }).toBe(true)

  for (const [name, print] of await fingerprints(leaving)) expect(print, name).toMatchObject({ count: 0 })
  expect(await fingerprints(staying)).toEqual(before)
  const outside = {
    account: `select 1 from auth.user_account where email = '${person.email}'`,
    slug: `select 1 from auth.organization_slug where slug = '${slug}'`,
    card: `select 1 from auth.organization_card where tenant_id = '${leaving}'`,
    place: `select 1 from auth.organization_of_user where tenant_id = '${leaving}'`,
    refreshToken: `select 1 from auth.refresh_token where tenant_id = '${leaving}'`,
    address: `select 1 from messaging.inbound_address where tenant_id = '${leaving}'`,
    search: `select 1 from crm.contact_search where tenant_id = '${leaving}'`,
    dealSearch: `select 1 from crm.deal_search where tenant_id = '${leaving}'`,
    companySearch: `select 1 from crm.company_search where tenant_id = '${leaving}'`,
  }
  for (const [what, sql] of Object.entries(outside)) expect(await rows(sql), what).toEqual([])
  // Every process reads again within 5 s which sessions have ended; until then nobody is found.
  await expect.poll(async () => (await product.app.inject({ url: `${API_PREFIX}/auth/me`, headers })).statusCode, { timeout: 20_000 }).toBe(401)

  await forget(staying)
  // Its mail name is given to nobody again; the person may come back as somebody new.
  const again = await signUp(product, person)
  expect(again.me.organization.id).not.toBe(leaving)
  expect(again.me.organization.slug).not.toBe(slug)
})
