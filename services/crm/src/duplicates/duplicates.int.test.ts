import type { Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { forgetMatched, matchLater } from './match-later.ts'

const crm = await startService(service)

const make = async (agent: Agent, path: string, fields: object) => (await agent.post(path, fields)).body
type Pair = { one: { id: string; name: string }; other: { id: string; name: string }; score: number; reasons: string[] }
const pairs = async (agent: Agent, of = 'contacts', query = ''): Promise<Pair[]> => (await agent.get(`/duplicate-${of}${query}`)).body.items
const names = (found: readonly Pair[]) => found.map(({ one, other }) => [one.name, other.name].toSorted())
/** A job that failed on a busy machine comes again. */
const SOON = { timeout: 30_000, interval: 200 }
const unmatched = () => crm.database.asAdmin(`select from crm.job where name like 'crm.match-%' or name like 'crm.scan-%'`)
/** What was written is compared at the end of its second. */
async function compared(): Promise<void> {
  await crm.settle()
  await expect.poll(unmatched, SOON).toEqual([])
}
const phones = (number: string) => [{ number }]

it('finds who was written twice, after the write, and says why', async () => {
  const agent = await crm.signIn()
  await make(agent, '/contacts', { name: 'Иван Петров', phones: phones('+7 912 345-67-89') })
  await make(agent, '/contacts', { name: 'Petrov Ivan', phones: phones('8 (912) 345-67-89') })
  await make(agent, '/contacts', { name: 'Anna Smirnova', email: 'anna@acme.example' })
  await make(agent, '/contacts', { name: 'Ana Smirnova', email: 'a.smirnova@acme.example' })
  await make(agent, '/contacts', { name: 'Boris Orlov', email: 'boris@acme.example', telegrams: [{ username: 'b_orlov' }] })
  await make(agent, '/contacts', { name: 'Bob', telegrams: [{ username: 'B_Orlov' }] })
  await compared()
  const found = await pairs(agent)
  expect(names(found)).toEqual(
    expect.arrayContaining([
      ['Ana Smirnova', 'Anna Smirnova'],
      ['Bob', 'Boris Orlov'],
    ]),
  )
  expect(found.map(({ reasons }) => reasons[0])).toEqual(expect.arrayContaining(['name-domain', 'telegram', 'name']))
  expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a))
  expect((await agent.get('/duplicate-contacts/summary')).body).toMatchObject({ open: found.length, scan: { state: 'never' } })
})

it('forgets a pair that is none any more, and one of a deleted record', async () => {
  const agent = await crm.signIn()
  const one = await make(agent, '/contacts', { name: 'One', phones: phones('+44 20 7946 0958') })
  const other = await make(agent, '/contacts', { name: 'Other', phones: phones('+44 20 7946 0958') })
  const third = await make(agent, '/contacts', { name: 'Third', phones: phones('+44 20 7946 0958') })
  await compared()
  expect(await pairs(agent)).toHaveLength(3)
  await agent.patch(`/contacts/${one.id}`, { phones: [] }, one)
  await agent.delete(`/contacts/${third.id}`)
  await compared()
  expect(await pairs(agent)).toEqual([])
  await agent.patch(`/contacts/${one.id}`, { phones: phones('+44 20 7946 0958') }, { version: 2 })
  await compared()
  expect(names(await pairs(agent))).toEqual([['One', other.name]])
})

it('asks about two that are not the same once, until that is taken back', async () => {
  const agent = await crm.signIn()
  const one = await make(agent, '/contacts', { name: 'Anna Petrova', company: 'Acme' })
  const other = await make(agent, '/contacts', { name: 'Anna Petrov', company: 'ООО Acme' })
  await compared()
  expect(await pairs(agent)).toMatchObject([{ reasons: ['name-company'] }])
  const judged = (status: string) => agent.put('/duplicate-contacts/judgement', { oneId: other.id, otherId: one.id, status })
  expect((await judged('dismissed')).status).toBe(204)
  expect((await judged('dismissed')).status).toBe(204)
  await agent.patch(`/contacts/${one.id}`, { phones: phones('+44 20 7946 0958') }, one)
  await agent.patch(`/contacts/${other.id}`, { phones: phones('+44 20 7946 0958') }, other)
  await agent.post('/duplicate-contacts/scan')
  await compared()
  expect(await pairs(agent)).toEqual([])
  expect(names(await pairs(agent, 'contacts', '?status=dismissed'))).toEqual([['Anna Petrov', 'Anna Petrova']])
  expect((await judged('open')).status).toBe(204)
  expect(await pairs(agent)).toHaveLength(1)
})

it('takes a merged pair out of the queue, and does not propose again what was parted', async () => {
  const agent = await crm.signIn()
  const one = await make(agent, '/contacts', { name: 'Ada', phones: phones('+44 20 7946 0958') })
  const other = await make(agent, '/contacts', { name: 'Ada', phones: phones('+44 20 7946 0958') })
  await compared()
  expect(await pairs(agent)).toHaveLength(1)
  const { body } = await agent.post(`/contacts/${one.id}/merge`, { otherId: other.id, otherVersion: 1 }, { 'if-match': '"1"' })
  await compared()
  expect(await pairs(agent)).toEqual([])
  await agent.post(`/contact-merges/${body.id}/undo`)
  await agent.post('/duplicate-contacts/scan')
  await compared()
  expect(await pairs(agent)).toEqual([])
  expect(await pairs(agent, 'contacts', '?status=dismissed')).toHaveLength(1)
})

it('looks through everything that was there before, and tells how far it is', async () => {
  const agent = await crm.signIn()
  await crm.database.asAdmin(`insert into crm.contact (organization_id, name, source, company)
    select '${agent.organizationId}', case when n % 100 = 0 then 'Twin ' || n / 200 else 'Person ' || md5(n::text) end, 'manual', 'Place ' || n % 7 from generate_series(1, 900) as n`)
  expect((await agent.post('/duplicate-contacts/scan')).body).toMatchObject({ state: 'running', scanned: 0, total: 900 })
  const scan = async () => (await agent.get('/duplicate-contacts/summary')).body.scan
  await expect.poll(scan, SOON).toMatchObject({ state: 'finished', scanned: 900, total: 900 })
  expect(names(await pairs(agent))).toContainEqual(['Twin 1', 'Twin 1'])
})

it('says who somebody that is being typed in looks like, and never more than five', async () => {
  const agent = await crm.signIn()
  await make(agent, '/contacts', { name: 'Иван Петров', email: 'ivan@acme.example', phones: phones('+7 912 345-67-89') })
  for (let nth = 0; nth < 7; nth += 1) await make(agent, '/contacts', { name: `Guard ${nth}`, phones: phones('+44 20 7946 0958') })
  await compared()
  const like = async (query: string) => (await agent.get(`/duplicate-contacts/like?${query}`, { 'accept-language': 'ru' })).body.items
  expect(await like('name=Petrov%20Ivan')).toMatchObject([{ record: { name: 'Иван Петров' }, reasons: ['name'] }])
  expect(await like('phone=8%20912%20345-67-89')).toMatchObject([{ record: { name: 'Иван Петров' }, reasons: ['phone'] }])
  expect(await like('email=Ivan@ACME.example')).toMatchObject([{ record: { name: 'Иван Петров' }, reasons: ['email'] }])
  expect(await like('name=Petrov%20Ivan&email=ivan@acme.example')).toMatchObject([
    { record: { name: 'Иван Петров' }, reasons: expect.arrayContaining(['email', 'name']) },
  ])
  expect(await like('phone=%2B44%2020%207946%200958')).toHaveLength(5)
  expect(await like('name=Nobody%20Known')).toEqual([])
  expect(await like('')).toEqual([])
})

it('finds companies by the stem of a domain and by a name without its legal form', async () => {
  const agent = await crm.signIn()
  await make(agent, '/companies', { name: 'ООО «Ромашка»', domains: ['romashka.ru'] })
  await make(agent, '/companies', { name: 'Romashka LLC' })
  await make(agent, '/companies', { name: 'Initech', domains: ['initech.com'] })
  await make(agent, '/companies', { name: 'Initech Europe', domains: ['initech.de'] })
  await expect.poll(() => pairs(agent, 'companies'), SOON).toHaveLength(2)
  const found = await pairs(agent, 'companies')
  expect(names(found)).toEqual(
    expect.arrayContaining([
      ['Romashka LLC', 'ООО «Ромашка»'],
      ['Initech', 'Initech Europe'],
    ]),
  )
  expect((await agent.get('/duplicate-companies/like?name=%D0%A0%D0%BE%D0%BC%D0%B0%D1%88%D0%BA%D0%B0')).body.items).toHaveLength(2)
})

it('shows a pair to whoever may see both, a reason to whoever may see its field, and nothing of other organisations', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const one = await make(owner, '/contacts', { name: 'Ada Byron', phones: phones('+44 20 7946 0958'), ownerId: null })
  const other = await make(owner, '/contacts', { name: 'Augusta', phones: phones('+44 20 7946 0958') })
  await compared()
  const permissions: Permission[] = ['crm.contact.read', 'crm.contact.update']
  const blind = await crm.signIn({ organizationId, permissions, fields: { contact: { phone: 'hidden' } } })
  const narrow = await crm.signIn({ organizationId, permissions, scopes: { contact: { read: 'own', write: 'own' } } })
  const stranger = await crm.signIn()
  expect(await pairs(owner)).toHaveLength(1)
  for (const who of [blind, narrow, stranger]) {
    expect(await pairs(who)).toEqual([])
    expect((await who.get('/duplicate-contacts/summary')).body.open).toBe(0)
    expect((await who.get('/duplicate-contacts/like?phone=%2B44%2020%207946%200958')).body.items).toEqual([])
  }
  for (const who of [narrow, stranger]) {
    const answer = await who.put('/duplicate-contacts/judgement', { oneId: one.id, otherId: other.id, status: 'dismissed' })
    expect(answer).toMatchObject({ status: 422, body: { code: 'crm.duplicate.unknown', errors: [{ field: '/oneId' }] } })
  }
  const locked = await crm.signIn({ organizationId, permissions, scopes: { contact: { read: 'all', write: 'own' } } })
  const answer = await locked.put('/duplicate-contacts/judgement', { oneId: one.id, otherId: other.id, status: 'dismissed' })
  expect(answer).toMatchObject({ status: 403, body: { code: 'platform.record_locked' } })
  expect(await pairs(owner)).toHaveLength(1)
})

it('leaves one job however many are written, and compares again what changes while it is compared', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  await crm.database.asAdmin(
    `insert into crm.contact (organization_id, name, source) select '${organizationId}', 'Twin ' || n / 2, 'manual' from generate_series(1, 600) as n`,
  )
  const ids = (await crm.database.asAdmin(`select id from crm.contact where organization_id = '${organizationId}'`)).map(({ id }) => String(id))
  const ctx = crm.ctx(organizationId) as Ctx
  await ctx.write(async (scope) => {
    for (const id of ids) await matchLater(scope, 'contact', id)
  })
  const waiting = async () => crm.database.asAdmin(`select from crm.job where organization_id = '${organizationId}' and name = 'crm.match-records'`)
  // The second may have ended between.
  expect((await waiting()).length).toBeLessThanOrEqual(2)
  await expect.poll(async () => (await agent.get('/duplicate-contacts/summary')).body.open, SOON).toBe(200)
  // Noted again between what the job has read and the end of its work.
  const [first = ''] = ids
  await ctx.write(async ({ db }) => {
    await sql`insert into unmatched_record (record, record_id, times) values ('contact', ${first}, 2)`.execute(db)
  })
  await ctx.write(async ({ db }) => forgetMatched(db, 'contact', [{ id: first, times: 1 }]))
  expect(await crm.database.asAdmin(`select from crm.unmatched_record where organization_id = '${organizationId}'`)).toHaveLength(1)
})
