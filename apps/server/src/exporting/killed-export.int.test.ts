import { createClient } from '@ai-crm/contracts'
import { createTestDatabase } from '@ai-crm/testing/database'
import { afterAll, expect, it } from 'vitest'
import { liveADay, persist, PASSWORD, type Day } from '../crash/a-day.fixture.ts'
import { EXPORT, sampled } from '../crash/chains.ts'
import { dieThrough, freePorts, startWorld } from '../crash/world.fixture.ts'
import { unpack } from './exporting-fixture.ts'

const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const rows = (sql: string) => database.asAdmin(sql)

async function clientOf(url: string, { email }: Day) {
  const stranger = createClient({ baseUrl: url, accessToken: () => null })
  const answer = await persist('sign in', () => stranger.auth.signIn({ body: { email, password: PASSWORD } }))
  if (answer.status !== 'signed-in') throw new Error(`Not signed in: ${answer.status}`)
  return createClient({ baseUrl: url, accessToken: () => answer.accessToken })
}

const chain = sampled(EXPORT)
it(`brings everything once when it dies at ${chain.join(', ')}`, { timeout: 1_200_000 }, async () => {
  const ports = await freePorts()
  const url = `http://localhost:${ports.port}`
  const program = crash.start(chain, ports)
  await dieThrough(program, chain, async () => {
    const day = await liveADay({ ...ports, url, world: crash.world, receiverUrl: crash.receiver.url })
    const mine = `organization_id = '${day.organizationId}'`
    const sent = async () => (await rows(`select 1 from crm.timeline_entry where ${mine} and type = 'message.sent'`)).length
    await expect.poll(sent, { timeout: 300_000, interval: 200 }).toBe(1)

    const client = await clientOf(url, day)
    const key = crypto.randomUUID()
    const { id } = await persist('ask for an export', () => client.auth.requestExport({ idempotencyKey: key }))
    const state = async () => (await rows(`select state from auth.organization_export where id = '${id}'`))[0]?.['state']
    await expect.poll(state, { timeout: 600_000, interval: 200 }).toBe('ready')
    expect(program.reached).toEqual(chain)

    const { path } = await persist('buy a link', () => client.auth.createExportDownload({ params: { exportId: id } }))
    const archive = await unpack(Buffer.from(await (await fetch(url + path)).arrayBuffer()))
    for (const [file, table] of [
      ['crm/contact.jsonl', 'crm.contact'],
      ['crm/event.jsonl', 'crm.event'],
      ['messaging/message.jsonl', 'messaging.message'],
      ['auth/membership.jsonl', 'auth.membership'],
    ] as const) {
      const [row] = await rows(`select count(*)::int from ${table} where ${mine}`)
      expect(archive.rows(file), file).toHaveLength(Number(row?.['count']))
    }
    // What was brought before a death is of no archive, and goes.
    const stale = async () =>
      (await rows(`select 1 from auth.export_file f join auth.export_part p using (organization_id, export_id, service) where f.run <> p.run limit 1`)).length
    await expect.poll(stale, { timeout: 60_000, interval: 200 }).toBe(0)
  })
})
