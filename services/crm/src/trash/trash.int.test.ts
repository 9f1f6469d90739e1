import { contactDeleted } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { purge } from './purge-trash.ts'

const crm = await startService(service)

const RECORDS = [
  ['contact', '/contacts', 'name'],
  ['company', '/companies', 'name'],
  ['deal', '/deals', 'title'],
] as const

it.each(RECORDS)(
  'shows each deleted %s with who deleted it, what was deleted last first, found by its name, to whom it is within reach',
  async (record, path, name) => {
    const agent = await crm.signIn()
    const { organizationId, userId } = agent
    const ids: string[] = []
    for (const called of ['Ада', 'Bob', 'Cleo']) ids.push((await agent.post(path, { [name]: called })).body.id)
    for (const id of ids) await agent.delete(`${path}/${id}`)
    const trash = async (of: typeof agent, more = '') => (await of.get(`/trash?record=${record}${more}`)).body
    expect((await trash(agent)).items).toMatchObject(
      ['Cleo', 'Bob', 'Ада'].map((called, nth) => ({ id: ids[2 - nth], record, name: called, deletedBy: { type: 'user', id: userId } })),
    )
    const first = await trash(agent, '&limit=2')
    expect((await trash(agent, `&limit=2&cursor=${first.nextCursor}`)).items).toMatchObject([{ name: 'Ада' }])
    expect((await trash(agent, '&search=ada')).items).toMatchObject([{ name: 'Ада' }])
    const others = [
      await crm.signIn(),
      await crm.signIn({ organizationId, permissions: [] }),
      await crm.signIn({ organizationId, permissions: [`crm.${record}.read`], scopes: { [record]: { read: 'own', write: 'own' } } }),
    ]
    for (const other of others) expect((await trash(other)).items).toEqual([])
  },
)

it('removes for good what was deleted longer ago than it is kept, but for what a note is about; the log keeps what happened', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const make = async (path: string, body: object): Promise<string> => (await agent.post(path, body)).body.id
  const company = await make('/companies', { name: 'Acme' })
  const [old, fresh, noted, living] = [
    await make('/contacts', { name: 'Old', companyId: company }),
    await make('/contacts', { name: 'Fresh' }),
    await make('/contacts', { name: 'Noted' }),
    await make('/contacts', { name: 'Living' }),
  ]
  const deal = await make('/deals', { title: 'Turbines', contacts: [{ contactId: old, role: null }], companyId: company })
  await make('/record-notes', { body: 'x', contactId: noted })
  for (const path of [`/deals/${deal}`, `/contacts/${old}`, `/contacts/${fresh}`, `/contacts/${noted}`, `/companies/${company}`]) await agent.delete(path)
  await crm.settle()
  for (const table of ['contact', 'company', 'deal'])
    await crm.database.asAdmin(`update crm.${table} set deleted_at = now() - interval '31 days' where deleted_at is not null and id <> '${fresh}'`)
  await purge(crm.ctx(organizationId) as Ctx)
  const left = await crm.database.asAdmin(`select id from crm.contact where organization_id = '${organizationId}' union select id from crm.deal
    where organization_id = '${organizationId}' union select id from crm.company where organization_id = '${organizationId}'`)
  expect(left.map(({ id }) => String(id)).toSorted()).toEqual([fresh, noted, living].toSorted())
  expect((await crm.emitted(contactDeleted, organizationId)).map(({ data }) => data.contactId)).toContain(old)
  const planned = await crm.database.asAdmin(
    `select key from crm.job where organization_id = '${organizationId}' and name = 'crm.purge-trash' and status = 'waiting'`,
  )
  expect(planned).toHaveLength(1)
})

it('leaves nothing of what is kept beside a record that is gone for good, nor of an operation', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const { id } = (await agent.post('/contacts', { name: 'Ada', email: 'ada@example.org', phone: '+44 20 7946 0958', position: 'Countess' })).body
  const started = { record: 'contact', selection: { ids: [id] }, action: { do: 'change', set: { note: 'x' } } }
  const operation = (await agent.post('/record-operations', started)).body.id
  await crm.settle()
  const beside = `select (select count(*)::int from crm.contact_address where contact_id = '${id}') as addresses,
    (select count(*)::int from crm.contact_search where contact_id = '${id}') as words, (select count(*)::int from crm.contact_position where contact_id = '${id}') as positions,
    (select count(*)::int from crm.operation_record where operation_id = '${operation}') as outcomes`
  expect(await crm.database.asAdmin(beside)).toEqual([{ addresses: 2, words: 1, positions: 1, outcomes: 1 }])
  await crm.database.asAdmin(
    `delete from crm.contact where organization_id = '${organizationId}'; delete from crm.operation where organization_id = '${organizationId}'`,
  )
  expect(await crm.database.asAdmin(beside)).toEqual([{ addresses: 0, words: 0, positions: 0, outcomes: 0 }])
})

it('finds whatever refers to a record by an index that has the deleted, too: removing for good looks through no table', async () => {
  const unfound = await crm.database.asAdmin(`
    select reference.conrelid::regclass::text as of_table, reference.conname
      from pg_constraint as reference
     where reference.contype = 'f' and reference.confrelid in ('crm.contact'::regclass, 'crm.company'::regclass, 'crm.deal'::regclass)
       and not exists (
         select from pg_index as index join pg_attribute as column_of on column_of.attrelid = index.indrelid and column_of.attnum = index.indkey[1]
          where index.indrelid = reference.conrelid and index.indkey[0] = reference.conkey[1] and index.indkey[1] = reference.conkey[2]
            and coalesce(pg_get_expr(index.indpred, index.indrelid), '') in ('', format('(%s IS NOT NULL)', column_of.attname)))`)
  expect(unfound).toEqual([])
})

it.each([
  ['contact', '/contacts'],
  ['company', '/companies'],
] as const)('keeps a merged %s as long as what it went into is there, and removes it with that', async (record, path) => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const [one, other] = [(await agent.post(path, { name: 'One' })).body, (await agent.post(path, { name: 'Other' })).body]
  const merge = async (version: number, otherVersion: number) =>
    (await agent.post(`${path}/${one.id}/merge`, { otherId: other.id, otherVersion }, { 'if-match': `"${version}"` })).body
  const first = await merge(1, 1)
  const age = () => crm.database.asAdmin(`update crm.${record} set deleted_at = now() - interval '31 days' where deleted_at is not null`)
  await age()
  await purge(crm.ctx(organizationId) as Ctx)
  expect((await agent.post(`/${record}-merges/${first.id}/undo`)).status).toBe(200)
  const { version } = (await agent.get(`${path}/${one.id}`)).body
  await merge(version, (await agent.get(`${path}/${other.id}`)).body.version)
  await agent.delete(`${path}/${one.id}`)
  await crm.settle()
  await age()
  await purge(crm.ctx(organizationId) as Ctx)
  for (const table of [record, 'record_merge', 'duplicate_pair'])
    expect(await crm.database.asAdmin(`select from crm.${table} where organization_id = '${organizationId}'`)).toHaveLength(0)
})
