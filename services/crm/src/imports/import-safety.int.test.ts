import { type Contact, type Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { analysed, checked, imported, settingsFor, until } from './import-fixture.ts'

const crm = await startService(service)

const contactsOf = async (agent: Agent): Promise<Contact[]> => (await agent.get('/contacts?sort=name&direction=asc&limit=100')).body.items
const namesOf = async (agent: Agent) => (await contactsOf(agent)).map(({ name }) => name)

/** So long that fifty of these rows are a batch. */
const LONG = 'x'.repeat(4_900)
const people = (count: number) => `Name,Email,Note\n${Array.from({ length: count }, (_, n) => `Person ${n},p${n}@example.org,${LONG}`).join('\n')}\n`

it('remembers how somebody read a file with these headings: what columns were, not what stood in them, and for nobody else', async () => {
  const agent = await crm.signIn()
  const [colleague, foreign] = [await crm.signIn({ organizationId: agent.organizationId }), await crm.signIn()]
  const file = 'Spalte A,Spalte B\nAda,x@example.org\n'
  const tag = (await agent.post('/tags', { name: 'VIP' })).body
  const chosen = { fields: ['name', null], policy: 'fill', replacements: [{ column: 0, from: 'Ada', to: 'Secret' }], tagIds: [tag.id], ownerId: null } as const
  await imported(agent, file, { ...chosen, fields: ['name', null], replacements: [...chosen.replacements], tagIds: [tag.id] })
  const again = await analysed(agent, file)
  expect(again).toMatchObject({ settings: { fields: ['name', null], policy: 'fill', replacements: [], tagIds: [] }, analysis: { isRemembered: true } })
  expect(again.settings).not.toHaveProperty('ownerId')
  for (const other of [colleague, foreign])
    expect(await analysed(other, file)).toMatchObject({ settings: { fields: [null, 'email'], policy: 'skip' }, analysis: { isRemembered: false } })
})

const admin = (statement: string) => crm.database.asAdmin(statement)

it('refuses the one row that cannot be stored, and holds up no other for it', async () => {
  const agent = await crm.signIn()
  await admin(
    `create function crm.poison() returns trigger language plpgsql as $$ begin if new.name = 'Poison' then raise exception 'no'; end if; return new; end $$`,
  )
  await admin(`create trigger poison before insert on crm.contact for each row execute function crm.poison()`)
  const done = await imported(agent, 'Name,Tags\nAda,\nPoison,Never\nEve,\n')
  await admin('drop trigger poison on crm.contact')
  expect(done).toMatchObject({ refused: 1, operation: { status: 'done', changed: 2, skipped: 1, reasons: [{ code: 'crm.operation.failed', count: 1 }] } })
  expect(await namesOf(agent)).toEqual(['Ada', 'Eve'])
  expect((await agent.get('/tags')).body.items).toEqual([])
})

it('judges rows anew with whom somebody else makes while they are being stored, and counts each once', async () => {
  const agent = await crm.signIn()
  const { id } = await checked(agent, 'Name,Email\nAda,ada@example.org\nEve,eve@example.org\nZoe,zoe@example.org\n', { policy: 'skip' })
  const ctx = crm.ctx(agent.organizationId) as Ctx
  await ctx.write(async ({ db }) => {
    await sql`insert into contact (name, email, source) values ('Their Eve', 'eve@example.org', 'manual')`.execute(db)
    await agent.post(`/imports/${id}/start`)
    const isWaiting = () =>
      admin(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%jsonb_to_recordset%'`)
    while ((await isWaiting()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  })
  const done = await until(agent, id, ({ operation }) => operation?.status === 'done')
  expect(done).toMatchObject({ refused: 0, operation: { changed: 2, skipped: 1, reasons: [{ code: 'crm.import.known', count: 1 }] } })
  expect(await namesOf(agent)).toEqual(['Ada', 'Their Eve', 'Zoe'])
  expect(await admin(`select count(*)::int as told from crm.event where organization_id = '${agent.organizationId}' and type = 'contact.created'`)).toEqual([
    { told: 2 },
  ])
})

it('refuses an amount that no computer counts to, a letter that is none and half of one, and takes the rest', async () => {
  const agent = await crm.signIn()
  const budget = (await agent.post('/fields', { record: 'contact', kind: 'money', label: 'Budget', currency: 'EUR' })).body
  const half = '\uFEFF' + 'x'.repeat(199) + '😀'
  const file = `Name,Budget,Col\0umn\nAda,99999999999999999999,${half}\nEve,5,a\0b\n`
  // Zeros stand behind what is looked at to see whether it is a table.
  const done = await imported(agent, `Name,Budget,${'h'.repeat(199)}😀\n${',,\n'.repeat(140_000)}${file.slice(file.indexOf('Ada'))}`, {
    fields: ['name', `custom.${budget.id}`, 'note'],
  })
  expect(done).toMatchObject({ refused: 1, operation: { changed: 1, reasons: [{ code: 'crm.import.money_invalid', count: 1 }] } })
  expect(await contactsOf(agent)).toMatchObject([{ name: 'Eve', note: 'ab' }])
})

it('ends an operation whose file is gone, says so, and calls nothing imported that was not', async () => {
  const agent = await crm.signIn()
  const { id } = await checked(agent, people(200))
  await admin(`delete from crm.import_chunk where import_id = '${id}' and position = 1`)
  await agent.post(`/imports/${id}/start`)
  const done = await until(agent, id, ({ operation }) => operation?.status === 'failed')
  expect(done).toMatchObject({ problem: { code: 'crm.import.file_gone' }, operation: { changed: 0 } })
})

it('tells whoever waits that a job was given up, at every step', async () => {
  const agent = await crm.signIn()
  const { id } = await checked(agent, people(1))
  const giveUp = async (name: string) => {
    const { importJobs } = await import('./jobs.ts')
    const job = importJobs.find((one) => one.name === name)
    await job?.giveUp?.(crm.ctx(agent.organizationId) as never, { importId: id } as never)
    return (await agent.get(`/imports/${id}`)).body
  }
  for (const [name, state] of [
    ['crm.analyse-import', 'analysing'],
    ['crm.check-import', 'checking'],
  ] as const) {
    await admin(`update crm.import set state = '${state}' where id = '${id}'`)
    expect(await giveUp(name)).toMatchObject({ state: 'refused', problem: { code: 'crm.import.broken_off' } })
  }
  await admin(`update crm.import set state = 'checked', problem = null where id = '${id}'`)
  await agent.post(`/imports/${id}/start`)
  await until(agent, id, ({ operation }) => operation?.status === 'done')
  await admin(`update crm.operation set status = 'running', finished_at = null where id = (select operation_id from crm.import where id = '${id}')`)
  expect(await giveUp('crm.run-import')).toMatchObject({ problem: { code: 'crm.import.broken_off' }, operation: { status: 'failed' } })
})

it('imports with the rights of the start, not of the check', async () => {
  const agent = await crm.signIn()
  const { organizationId, userId } = agent
  const theirs = (await (await crm.signIn({ organizationId })).post('/contacts', { name: 'Theirs', email: 'theirs@example.org' })).body
  const file = 'Name,Email\nMine,theirs@example.org\n'
  const first = await checked(agent, file, { policy: 'overwrite' })
  const permissions: Permission[] = ['crm.contact.read', 'crm.contact.create', 'crm.contact.import']
  const clerk = await crm.signIn({ organizationId, userId, permissions })
  expect(await clerk.post(`/imports/${first.id}/start`)).toMatchObject({ status: 403, body: { code: 'crm.import.right_missing' } })
  const narrow = await crm.signIn({
    organizationId,
    userId,
    permissions: [...permissions, 'crm.contact.update'],
    scopes: { contact: { read: 'all', write: 'own' } },
  })
  await narrow.post(`/imports/${first.id}/start`)
  const done = await until(agent, first.id, ({ operation }) => operation?.status === 'done')
  expect(done.operation?.reasons).toEqual([{ code: 'platform.record_locked', count: 1 }])
  expect((await agent.get(`/contacts/${theirs.id}`)).body.name).toBe('Theirs')
})

it('makes companies and tags for rows that are stored, each once however it is written, and for no others', async () => {
  const agent = await crm.signIn()
  await agent.post('/contacts', { name: 'Ada', email: 'ada@example.org', company: 'Held' })
  await agent.post('/fields', { record: 'contact', kind: 'text', label: 'Hobby', isRequired: true })
  const skipped = 'Name,Email,Company,Tags,Hobby\nAda,ada@example.org,Skipped,Skipped,\nEve,eve@example.org,Refused,Refused,\n'
  await imported(agent, skipped, { policy: 'skip' })
  await imported(agent, 'Name,Email,Company\nAda,ada@example.org,Filled\n', { policy: 'fill' })
  const names = async (path: string) => (await agent.get(path)).body.items.map(({ name }: { name: string }) => name)
  expect([await names('/companies'), await names('/tags')]).toEqual([[], []])
  await imported(agent, 'Name,Company,Hobby\nBob,Ромашка,x\nZed,romashka,x\nYan,РОМАШКА,x\n')
  expect(await names('/companies')).toEqual(['Ромашка'])
  expect((await contactsOf(agent)).map(({ company }) => company)).toEqual(['Held', 'Ромашка', 'Ромашка', 'Ромашка'])
})

it('refuses every row of somebody who does not belong to the organisation', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  await admin(`insert into crm.member (organization_id, user_id, is_member) values ('${organizationId}', '${agent.userId}', true)`)
  const gone = ['Uma', 'Ugo'].map((name) => ({ name, userId: crypto.randomUUID() }))
  await admin(`insert into crm.member_roll (organization_id) values ('${organizationId}') on conflict do nothing`)
  for (const { name, userId } of gone)
    await admin(`insert into crm.person (organization_id, user_id, name, email) values ('${organizationId}', '${userId}', '${name}', '${name}@example.org')`)
  const done = await imported(agent, 'Name,Owner\nAda,Uma\nEve,Ugo\nBob,\n')
  expect(done).toMatchObject({ forecast: { created: 1, refused: 2 }, operation: { reasons: [{ code: 'platform.not_a_member', count: 2 }] } })
  expect(await namesOf(agent)).toEqual(['Bob'])
})

it('takes a value that is mended once more, also a long one', async () => {
  const agent = await crm.signIn()
  const long = `${'x'.repeat(250)}@@`
  const found = await checked(agent, `Name,Email\nAda,${long}\n`)
  const from = found.forecast?.complaints[0]?.examples[0]?.value ?? ''
  expect(from).toBe(long.slice(0, 200))
  const mended = async (to: string) => {
    await agent.post(`/imports/${found.id}/check`, settingsFor(found, { replacements: [{ column: 1, from, to }] }))
    return until(agent, found.id, ({ state }) => state === 'checked')
  }
  expect((await mended('still@@wrong')).forecast?.complaints[0]?.examples).toEqual([{ row: 2, value: from }])
  expect((await mended('ada@example.org')).forecast).toMatchObject({ created: 1, refused: 0 })
})

it('lists imports without what their files say', async () => {
  const agent = await crm.signIn()
  const { id, refused } = await imported(agent, 'Name,Email\nAda,nonsense\n')
  expect((await agent.get('/imports')).body.items).toMatchObject([{ id, refused, analysis: null, settings: null, forecast: null }])
  expect(refused).toBe(1)
})

it('goes on after the last batch when its process was killed, and takes each row once', async () => {
  const agent = await crm.signIn()
  const { id } = await checked(agent, people(130))
  await agent.post(`/imports/${id}/start`)
  await until(agent, id, ({ operation }) => (operation?.changed ?? 0) > 0)
  const { operation } = await until(agent, id, ({ operation: now }) => now?.status === 'done')
  // The job of a process that was killed before it could say that it was done runs once more.
  await crm.database.asAdmin(`update crm.operation set status = 'running', finished_at = null where id = '${operation?.id}'`)
  await crm.database.asAdmin(`delete from crm.operation_record where operation_id = '${operation?.id}' and ordinal > 101`)
  await crm.database.asAdmin(
    `delete from crm.contact where organization_id = '${agent.organizationId}' and email in (select 'p' || n || '@example.org' from generate_series(100, 129) n)`,
  )
  const ctx = crm.ctx(agent.organizationId)
  const { runImport } = await import('./run-import.ts')
  await runImport(ctx as Parameters<typeof runImport>[0], { importId: id })
  const [{ count } = { count: 0 }] = await crm.database.asAdmin(
    `select count(*)::int as count from crm.contact where organization_id = '${agent.organizationId}' and deleted_at is null`,
  )
  expect(count).toBe(130)
  expect((await agent.get(`/imports/${id}`)).body.operation.status).toBe('done')
})

it('stops where it is cancelled, and keeps what was done until then', async () => {
  const agent = await crm.signIn()
  const { id } = await checked(agent, people(400))
  const started = (await agent.post(`/imports/${id}/start`)).body
  await until(agent, id, ({ operation }) => (operation?.changed ?? 0) > 0)
  await agent.post(`/record-operations/${started.operation.id}/cancel`)
  const { operation } = await until(agent, id, ({ operation: now }) => now?.status === 'cancelled')
  const [{ count } = { count: 0 }] = await crm.database.asAdmin(
    `select count(*)::int as count from crm.contact where organization_id = '${agent.organizationId}'`,
  )
  expect(count).toBe((await agent.get(`/imports/${id}`)).body.operation.changed)
  expect(count).toBeLessThan(400)
  expect(operation?.changed).toBeGreaterThan(0)
})

it('shows an import to nobody but whoever made it, and asks for the permission', async () => {
  const [agent, foreign] = [await crm.signIn(), await crm.signIn()]
  const colleague = await crm.signIn({ organizationId: agent.organizationId })
  const { id } = await checked(agent, 'Name,Email\nAda,ada@example.org\n')
  for (const other of [foreign, colleague]) {
    expect((await other.get(`/imports/${id}`)).status).toBe(404)
    for (const step of ['analyse', 'start', 'revert'])
      expect((await other.post(`/imports/${id}/${step}`, step === 'analyse' ? {} : undefined)).status).toBe(404)
    expect((await other.put(`/imports/${id}/chunks`, { position: 0, bytes: 'YQ==' })).status).toBe(404)
    expect((await other.get(`/imports/${id}/refused.csv`)).status).toBe(404)
    expect((await other.get('/imports')).body.items).toEqual([])
  }
  const clerk = await crm.signIn({ organizationId: agent.organizationId, permissions: ['crm.contact.read', 'crm.contact.create'] })
  expect((await clerk.post('/imports', { fileName: 'x', sizeBytes: 1 })).status).toBe(403)
})

it('does no more than whoever imports could do by hand', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const others = (await owner.post('/contacts', { name: 'Theirs', email: 'theirs@example.org', position: 'Boss' })).body
  const permissions: Permission[] = ['crm.contact.read', 'crm.contact.create', 'crm.contact.update', 'crm.contact.import']
  const narrow = await crm.signIn({ organizationId, permissions, scopes: { contact: { read: 'own', write: 'own' } } })
  const file = 'Name,Email,Position,Company,Tags\nX,theirs@example.org,Thief,Newco,\nTagged,,,Newco,Newtag\nMine,mine@example.org,,Newco,\n'
  const done = await imported(narrow, file, { policy: 'overwrite' })
  const reasons = ['crm.contact.email_taken', 'crm.import.tag_unknown'].map((code) => ({ code, count: 1 }))
  expect(done.forecast).toMatchObject({ created: 1, refused: 2, complaints: reasons })
  expect(done.operation?.reasons).toEqual(expect.arrayContaining(reasons))
  expect((await owner.get(`/contacts/${others.id}`)).body).toEqual(others)
  expect((await owner.get('/companies')).body.items).toEqual([])
  expect(await contactsOf(narrow)).toMatchObject([{ name: 'Mine', company: 'Newco', companyId: null, ownerId: narrow.userId }])

  const ruled = await crm.signIn({
    organizationId,
    permissions: permissions.filter((one) => one !== 'crm.contact.update'),
    fields: { contact: { phone: 'read-only' } },
  })
  const found = await analysed(ruled, 'Name,Phone\nAda,1\n')
  const check = (chosen: object) => ruled.post(`/imports/${found.id}/check`, settingsFor(found, chosen))
  expect(await check({})).toMatchObject({ status: 403, body: { code: 'platform.field_denied', errors: [{ field: '/phone' }] } })
  expect(await check({ fields: ['name', null], policy: 'fill' })).toMatchObject({ status: 403, body: { code: 'crm.import.right_missing' } })
})
