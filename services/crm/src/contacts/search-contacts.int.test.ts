import { startService, type Agent } from '@ai-crm/testing'
import { beforeAll, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
let agent: Agent

const CONTACTS = [
  { name: 'Пётр Иванов', email: 'petr@roga.example', company: 'Рога и Копыта' },
  { name: 'Anna Smith', email: 'anna.smith@acme.example', phone: '+44 20 7946 0958', company: 'Acme' },
  { name: 'Anna Schmidt', company: '100% Wolle_GmbH' },
  { name: 'Щукин Олег', note: 'Smith knows him' },
]

beforeAll(async () => {
  agent = await crm.signIn()
  for (const contact of CONTACTS) await agent.post('/contacts', contact)
})

async function search(words: string, who: Agent = agent): Promise<string[]> {
  const { body } = await who.get(`/contacts?sort=name&direction=asc&search=${encodeURIComponent(words)}`)
  return body.items.map((item: { name: string }) => item.name)
}

it.each([
  ['smith', ['Anna Smith'], 'a word, but not in the note'],
  ['ANNA', ['Anna Schmidt', 'Anna Smith'], 'in any case'],
  ['mit', ['Anna Smith'], 'a fragment'],
  ['anna acme', ['Anna Smith'], 'every word, wherever it is'],
  ['an sc', ['Anna Schmidt'], 'two letters at the beginning of a word'],
  ['7946', ['Anna Smith'], 'part of a phone number'],
  ['иванов', ['Пётр Иванов'], 'Cyrillic'],
  ['ivanov', ['Пётр Иванов'], 'Cyrillic in Latin letters'],
  ['петр', ['Пётр Иванов'], 'е for ё'],
  ['рога копыта', ['Пётр Иванов'], 'words of the company'],
  ['smiht', ['Anna Smith'], 'with a typo'],
  ['иваноф', ['Пётр Иванов'], 'with a typo in Cyrillic'],
  ['anna smih', ['Anna Smith'], 'with a typo in one word'],
  ['bdfyjd', ['Пётр Иванов'], 'Russian typed in the English layout'],
  ['ыьшер', ['Anna Smith'], 'English typed in the Russian layout'],
  ['зуек"кщпф', ['Пётр Иванов'], 'an address typed in the Russian layout'],
  ['fyyf', ['Anna Schmidt', 'Anna Smith'], 'Russian letters for a name in Latin ones, in the wrong layout'],
  ['100%', ['Anna Schmidt'], 'a percent sign as itself'],
  ['wolle_g', ['Anna Schmidt'], 'an underscore as itself'],
  ['%', [], 'no wildcard'],
  ['nobody', [], 'nothing'],
  ["'; drop table crm.contact; --", [], 'no SQL'],
])('finds %j: %j (%s)', async (words, names) => {
  expect(await search(words)).toEqual(names)
})

it('takes no words for no search', async () => {
  expect(await search('   ')).toHaveLength(CONTACTS.length)
})

it('follows a contact through change and deletion', async () => {
  const { body } = await agent.post('/contacts', { name: 'Grace Hopper' })
  await agent.patch(`/contacts/${body.id}`, { name: 'Grace Murray' }, { version: 1 })
  expect(await search('hopper')).toEqual([])
  expect(await search('murray')).toEqual(['Grace Murray'])
  await agent.delete(`/contacts/${body.id}`)
  expect(await search('murray')).toEqual([])
})

it('finds nothing of another organisation, nor without one', async () => {
  const stranger = await crm.signIn()
  expect(await search('anna', stranger)).toEqual([])
  await stranger.post('/contacts', { name: 'Anna Stranger' })
  const app = await crm.database.open('crm', 'app')
  const ask = { text: 'select crm.search_contact($1)', values: ['anna'] }
  expect((await app.read(null, ask)).rows).toEqual([])
  expect((await app.read({ organizationId: agent.organizationId }, ask)).rows).toHaveLength(2)
})

it('keeps the searchable text out of the reach of the application', async () => {
  const app = await crm.database.open('crm', 'app')
  const context = { organizationId: agent.organizationId }
  for (const text of ['select * from crm.contact_search', 'delete from crm.contact_search'])
    await expect(app.batch(context, [{ text, values: [] }])).rejects.toThrow(/permission denied/)
})
