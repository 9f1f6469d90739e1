import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@ai-crm/contracts'
import { signUp, startService, type TestService } from '@ai-crm/testing'
import { copyTestDatabase, createTestDatabase, type TestDatabase } from '@ai-crm/testing/database'
import { eventually } from '@ai-crm/testing/eventually'
import { freePort } from '@ai-crm/testing/servers'
import { afterAll, expect, it } from 'vitest'
import { loadServices } from '../catalog.ts'
import { findEverywhere, listenToEverything, liveAs } from '../persons/lived-person.fixture.ts'

const smtpPort = await freePort()
const directory = mkdtempSync(join(tmpdir(), 'ai-crm-erased-'))
afterAll(() => rmSync(directory, { recursive: true }))
const [auth, ...together] = await loadServices(['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket'] satisfies ServiceName[])

const start = (database: TestDatabase): Promise<TestService> =>
  startService(auth as NonNullable<typeof auth>, {
    database,
    together,
    environment: { SMTP_PORT: String(smtpPort), SEND_UNDO_SECONDS: '0', EGRESS_ALLOWED_HOSTS: '127.0.0.1' },
  })

/** `npm run erased`, without an administrator of the database. */
async function erased(database: TestDatabase, ...words: string[]): Promise<{ code: number; told: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('erased.ts', import.meta.url)), ...words], {
    env: { PATH: process.env['PATH'], MASTER_SECRET: database.cluster.masterSecret, DATABASE_URL: database.databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()))
  const [code] = await once(child, 'close')
  return { code, told }
}

it('reaches a backup: whoever was erased after it was made is erased in it too, with what was merged into them only later', { timeout: 300_000 }, async () => {
  const now = await createTestDatabase()
  const before = await start(now)
  const founded = await signUp(before, { organizationName: 'Keepers', name: 'Olga', email: 'olga@keepers.example', password: 'correct horse battery' })
  const who = { organizationId: founded.me.organization.id, userId: founded.me.user.id }
  await before.settle()
  const owner = await before.signIn(who)
  await listenToEverything(owner)
  const world = { product: before, smtpPort, owner }
  const [gone, stays] = [await liveAs(world, 'zqxmark'), await liveAs(world, 'vwymark')]
  const double = (await owner.post('/contacts', { name: 'Double zqxmark', email: 'double.zqxmark@customers.example' })).body
  await before.settle()
  // What was written is compared a second later.
  await eventually(async () => expect(await now.asAdmin('select from crm.unmatched_record')).toEqual([]))
  await before.stop()
  const backup = await copyTestDatabase(now)

  const after = await start(now)
  const again = await after.signIn(who)
  const { version } = (await again.get(`/contacts/${gone.contactId}`)).body
  const merge = { otherId: double.id, otherVersion: double.version, take: [] }
  expect((await again.post(`/contacts/${gone.contactId}/merge`, merge, { 'if-match': `"${version}"` })).status).toBe(200)
  await after.settle()
  const { id } = (await again.post(`/contacts/${gone.contactId}/erasure`, { name: gone.name })).body
  await expect.poll(async () => (await again.get(`/person-erasures/${id}`)).body.state, { timeout: 120_000, interval: 500 }).toBe('done')
  await after.stop()

  const list = await erased(now)
  expect(list.code).toBe(0)
  expect(list.told).not.toContain('mark')
  expect(list.told.trim().split('\n')).toHaveLength(1)
  const file = join(directory, 'erased.jsonl')
  writeFileSync(file, list.told)

  const rows = (sql: string) => backup.asAdmin(sql)
  expect(await findEverywhere(rows, 'zqxmark')).toMatchObject({ 'crm.contact': 3 })
  const others = await findEverywhere(rows, 'vwymark')
  expect(await erased(backup, `--again=${file}`)).toMatchObject({ code: 0, told: expect.stringContaining('2 contacts of theirs are here') })
  const restored = await start(backup)
  await expect.poll(() => findEverywhere(rows, 'zqxmark'), { timeout: 120_000, interval: 500 }).toEqual({})
  expect(await findEverywhere(rows, 'vwymark')).toEqual(others)
  expect((await (await restored.signIn(who)).get(`/contacts/${stays.contactId}`)).status).toBe(200)
  await restored.stop()
  expect(await erased(backup, `--again=${file}`)).toMatchObject({ code: 0, told: expect.stringContaining('0 contacts of theirs are here') })
})
