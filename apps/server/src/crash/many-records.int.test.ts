import { createClient, type Client } from '@ai-crm/contracts'
import { createTestDatabase } from '@ai-crm/testing/database'
import { afterAll, expect, it } from 'vitest'
import { NotYet, persist, signUp } from './a-day.fixture.ts'
import { MANY_RECORDS, sampled } from './chains.ts'
import { dieThrough, freePorts, startWorld } from './world.fixture.ts'

const database = await createTestDatabase()
const crash = await startWorld(database)
afterAll(() => crash.close())
const rows = (sql: string) => database.asAdmin(sql)
const count = async (sql: string): Promise<number> => Number((await rows(`select count(*)::int as n from ${sql}`))[0]?.['n'])

/** More than two batches of each kind of work. */
const PEOPLE = 450
const ROWS = 2_500
const TASKS = 700

const chain = sampled(MANY_RECORDS)
it(`does each of many records once and leaves none half done when it dies at ${chain.join(', ')}`, { timeout: 1_200_000 }, async () => {
  const ports = await freePorts()
  const place = { url: `http://localhost:${ports.port}`, world: crash.world }
  const program = crash.start(chain, ports)
  await dieThrough(program, chain, async () => {
    const { accessToken, me } = await signUp(place, `many-${crypto.randomUUID().slice(0, 8)}@example.org`)
    const client = createClient({ baseUrl: place.url, accessToken: () => accessToken })
    const mine = `organization_id = '${me.organization.id}'`
    await insertPeople(me.organization.id)
    await changeAndUndo(client, mine)
    await importOnce(client, mine)
    await mergeOnce(client, me.organization.id)
  })
})

/** As the program would have made them, each with its event. */
async function insertPeople(organizationId: string): Promise<void> {
  await rows(`insert into crm.contact (organization_id, name, note, source) select '${organizationId}', 'Person ' || n, 'old', 'manual' from generate_series(1, ${PEOPLE}) n;
    insert into crm.event (organization_id, id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at, correlation_id, depth, data)
    select organization_id, platform.uuid_v7(), 'contact.created', 1, 'contact', id, 1, '{"type":"system","id":null}', now(), 'x', 0, '{}' from crm.contact
     where organization_id = '${organizationId}' and note = 'old'`)
}

const ended = (client: Client, operationId: string) =>
  persist('see the operation end', async () => {
    const operation = await client.crm.getOperation({ params: { operationId } })
    if (operation.status === 'waiting' || operation.status === 'running') throw new NotYet()
    return operation
  })

async function changeAndUndo(client: Client, mine: string): Promise<void> {
  const [key, undoKey] = [crypto.randomUUID(), crypto.randomUUID()]
  const filter = JSON.stringify({ all: [{ field: 'note', op: 'is', value: 'old' }] })
  const body = { record: 'contact', selection: { query: { filter } }, action: { do: 'change', set: { note: 'new' } } } as const
  const { id } = await persist('start the change', () => client.crm.startOperation({ body, idempotencyKey: key }))
  expect(await ended(client, id)).toMatchObject({ status: 'done', total: PEOPLE, changed: PEOPLE, skipped: 0 })
  expect(await count(`crm.contact where ${mine} and note = 'new' and version = 2`)).toBe(PEOPLE)
  expect(await count(`crm.event where ${mine} and type = 'contact.updated'`)).toBe(PEOPLE)
  const undo = await persist('undo the change', () => client.crm.undoOperation({ params: { operationId: id }, idempotencyKey: undoKey }))
  expect(await ended(client, undo.id)).toMatchObject({ status: 'done', changed: PEOPLE, skipped: 0 })
  expect(await count(`crm.contact where ${mine} and note = 'old' and version = 3`)).toBe(PEOPLE)
}

async function importOnce(client: Client, mine: string): Promise<void> {
  const bytes = Buffer.from(`Name,Email\n${Array.from({ length: ROWS }, (_, n) => `Row ${n},row${n}@example.org`).join('\n')}\n`)
  const { id: importId } = await persist('begin an import', () => client.crm.createImport({ body: { fileName: 'people.csv', sizeBytes: bytes.length } }))
  const params = { importId }
  await persist('send the file', () => client.crm.putImportChunk({ params, body: { position: 0, bytes: bytes.toString('base64') } }))
  const inState = (state: string) =>
    persist(`see the import ${state}`, async () => {
      const found = await client.crm.getImport({ params })
      if (found.state !== state) throw new NotYet()
      return found
    })
  await persist('read the file', () => client.crm.analyseImport({ params, body: {} }))
  const { settings } = await inState('mapping')
  if (!settings) throw new Error('The file was not understood.')
  await persist('check the file', () => client.crm.checkImport({ params, body: settings }))
  await inState('checked')
  const { operation } = await persist('start the import', () => client.crm.startImport({ params }))
  expect(await ended(client, operation?.id ?? '')).toMatchObject({ status: 'done', changed: ROWS, skipped: 0 })
  expect(await count(`crm.contact where ${mine} and source = 'import'`)).toBe(ROWS)
  expect(await count(`(select distinct email from crm.contact where ${mine} and source = 'import') as each`)).toBe(ROWS)
  expect(await count(`crm.event where ${mine} and type = 'contact.created' and data->>'source' = 'import'`)).toBe(ROWS)
}

async function mergeOnce(client: Client, organizationId: string): Promise<void> {
  const [survivor, other] = (
    await rows(`select id, version from crm.contact where organization_id = '${organizationId}' and note = 'old' order by id limit 2`)
  ).map(({ id, version }) => ({ id: String(id), version: Number(version) }))
  if (!survivor || !other) throw new Error('There is nobody to merge.')
  await rows(`insert into crm.task (organization_id, title, contact_id) select '${organizationId}', 'Task ' || n, '${other.id}' from generate_series(1, ${TASKS}) n;
    insert into crm.event (organization_id, id, type, version, aggregate_type, aggregate_id, aggregate_version, actor, occurred_at, correlation_id, depth, data)
    select organization_id, platform.uuid_v7(), 'task.created', 1, 'task', id, 1, '{"type":"system","id":null}', now(), 'x', 0, '{}' from crm.task where contact_id = '${other.id}'`)
  const key = crypto.randomUUID()
  const merge = await persist('merge two', () =>
    client.crm.mergeContact({
      params: { contactId: survivor.id },
      body: { otherId: other.id, otherVersion: other.version, take: [] },
      ifMatch: survivor.version,
      idempotencyKey: key,
    }),
  )
  const tasksOf = (id: string) => count(`crm.task where contact_id = '${id}'`)
  await expect.poll(() => tasksOf(survivor.id), { timeout: 300_000 }).toBe(TASKS)
  expect(await tasksOf(other.id)).toBe(0)
  expect(await count(`crm.merge_child where merge_id = '${merge.id}' and kind = 'task'`)).toBe(TASKS)
  expect(await count(`crm.event where organization_id = '${organizationId}' and type = 'task.updated'`)).toBe(TASKS)
  expect(await count(`crm.task where contact_id = '${survivor.id}' and version = 2`)).toBe(TASKS)
}
