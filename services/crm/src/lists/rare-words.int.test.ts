import { startService } from '@ai-crm/testing'
import { beforeAll, expect, it } from 'vitest'
import service from '../service.ts'

// A filter for a part of a text is narrowed by the index of the search: it has to answer as it would without.
const crm = await startService(service)
const agent = await crm.signIn()
const PEOPLE = [
  { name: 'Wolfgang Quuxbaum', email: 'W.Quux@firm.example', company: '100%_Wolle' },
  { name: 'Щукина Ольга', email: 'olga@other.example', company: 'Firm & Söhne', position: 'Руководитель отдела', phone: 'доб. 4711 вечером' },
  { name: 'Quux', company: 'Another', position: 'Leitung 100%_Ost', phone: '+7 (917) 000-11-22' },
  { name: 'Bo', emails: ['bo@firm.example', 'second@quux.example'].map((address) => ({ address, label: null })) },
]
async function make(person: object): Promise<void> {
  const { status } = await agent.post('/contacts', person)
  expect(status).toBe(201)
}

beforeAll(async () => {
  for (const person of PEOPLE) await make(person)
})

const part = (field: string, value: string, op = 'contains') => ({ field, op, value })
const found = async (filter: object): Promise<string[]> => {
  const { status, body } = await agent.get(`/contacts?limit=20&sort=name&direction=asc&filter=${encodeURIComponent(JSON.stringify(filter))}`)
  expect(status).toBe(200)
  return body.items.map(({ name }: { name: string }) => name)
}

it.each([
  ['part of a name', part('name', 'quux'), ['Quux', 'Wolfgang Quuxbaum']],
  ['in other letters', part('name', 'shchuk'), ['Щукина Ольга']],
  ['a beginning, and not the middle', part('name', 'quux', 'startsWith'), ['Quux']],
  ['part of any e-mail', part('email', 'QUUX'), ['Bo', 'Wolfgang Quuxbaum']],
  ['a sign that means more elsewhere', part('company', '0%_w'), ['Wolfgang Quuxbaum']],
  ['with a space in it', part('company', 'm & s'), ['Щукина Ольга']],
  ['fewer letters than the index has', part('name', 'bo'), ['Bo']],
  ['part of a position', part('position', 'отдел'), ['Щукина Ольга']],
  ['part of a position in other letters', part('position', 'rukovod'), ['Щукина Ольга']],
  ['the beginning of a position, and not its middle', part('position', 'ost', 'startsWith'), []],
  ['a position with a sign that means more elsewhere', part('position', '0%_o'), ['Quux']],
  ['part of a phone as it is dialled', part('phone', '1700011'), ['Quux']],
  ['part of a phone as it was written', part('phone', '(917) 000'), ['Quux']],
  ['the beginning of a phone', part('phone', '+7 917', 'startsWith'), ['Quux']],
  ['part of what is no number', part('phone', '4711 веч'), ['Щукина Ольга']],
  ['a phone and a position', { all: [part('phone', '917'), part('position', 'leitung')] }, ['Quux']],
  ['nothing', part('name', 'nobody at all'), []],
  ['both of two', { all: [part('name', 'quux'), part('email', 'firm.example')] }, ['Wolfgang Quuxbaum']],
  ['either of two', { any: [part('name', 'quux'), part('name', 'ольга')] }, ['Quux', 'Wolfgang Quuxbaum', 'Щукина Ольга']],
  ['one, and either of two', { all: [part('email', 'firm'), { any: [part('name', 'quux'), part('name', 'bo')] }] }, ['Bo', 'Wolfgang Quuxbaum']],
])('finds %s', async (_what, filter, names) => {
  expect((await found(filter)).toSorted()).toEqual(names.toSorted())
})

it('follows a position that changes, goes, and comes back with its contact', async () => {
  const { body: made } = await agent.post('/contacts', { name: 'Moving', position: 'Glazier' })
  const path = `/contacts/${made.id}`
  await agent.patch(path, { position: 'Locksmith' }, { version: 1 })
  expect([await found(part('position', 'glazier')), await found(part('position', 'locksm'))]).toEqual([[], ['Moving']])
  await agent.delete(path)
  expect(await found(part('position', 'locksm'))).toEqual([])
  const { body: operation } = await agent.post('/record-operations', { record: 'contact', selection: { ids: [made.id] }, action: { do: 'restore' } })
  await expect.poll(async () => (await agent.get(`/record-operations/${operation.id}`)).body.status).toBe('done')
  expect(await found(part('position', 'locksm'))).toEqual(['Moving'])
  const { body: back } = await agent.get(path)
  await agent.patch(path, { position: null }, { version: back.version })
  const [kept] = await crm.database.asAdmin(`select count(*)::int as positions from crm.contact_position where contact_id = '${made.id}'`)
  expect(kept).toEqual({ positions: 0 })
})

it('finds nothing of another organisation', async () => {
  const stranger = await crm.signIn()
  for (const asked of [part('name', 'quux'), part('position', 'leitung'), part('phone', '1700011')]) {
    const { body } = await stranger.get(`/contacts?limit=20&filter=${encodeURIComponent(JSON.stringify(asked))}`)
    expect(body.items).toEqual([])
  }
})
