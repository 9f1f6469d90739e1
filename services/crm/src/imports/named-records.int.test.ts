import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { checked, imported } from './import-fixture.ts'

const crm = await startService(service)

const made = async (agent: Agent, path: string, body: object): Promise<string> => {
  const answer = await agent.post(path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}
const fieldTo = (agent: Agent, relatesTo: string, record = 'contact'): Promise<string> =>
  made(agent, '/fields', { record, kind: 'relation', relatesTo, label: `To ${relatesTo}` })

const fileOf = (heading: string, named: readonly string[]): string =>
  [`Name,${heading}`, ...named.map((text, nth) => `Row ${nth},"${text.replaceAll('"', '""')}"`)].join('\n')

async function namedBy(agent: Agent, fieldId: string): Promise<Record<string, string>> {
  const { items } = (await agent.get('/contacts?limit=100')).body
  const rows = items.filter(({ name }: { name: string }) => name.startsWith('Row '))
  return Object.fromEntries(rows.map(({ name, custom }: { name: string; custom: Record<string, string> }) => [name, custom[fieldId]]))
}

const complaintsOf = async (agent: Agent, file: string) => (await checked(agent, file)).forecast?.complaints

it('finds the records that fields name by id, by what is theirs alone, and by name, however it is written', async () => {
  const agent = await crm.signIn()
  const [toContact, toCompany] = [await fieldTo(agent, 'contact'), await fieldTo(agent, 'company')]
  const ada = await made(agent, '/contacts', { name: 'Ada Lovelace', email: 'ada@example.org' })
  const acme = await made(agent, '/companies', { name: 'Acme', domains: ['acme.example'] })
  const contacts = await imported(agent, fileOf('To contact', [ada.toUpperCase(), 'ADA@example.org', 'ada lovelace', '']))
  expect(contacts.forecast).toMatchObject({ created: 4, refused: 0 })
  expect(await namedBy(agent, toContact)).toEqual({ 'Row 0': ada, 'Row 1': ada, 'Row 2': ada })
  const deleted = (await agent.get('/contacts?limit=100')).body.items.filter(({ id }: { id: string }) => id !== ada)
  for (const { id } of deleted) await agent.delete(`/contacts/${id}`)
  await imported(agent, fileOf('To company', ['https://www.acme.example/about', 'ACME', acme]))
  expect(await namedBy(agent, toCompany)).toEqual({ 'Row 0': acme, 'Row 1': acme, 'Row 2': acme })
})

it('refuses a row that names nobody, or several, saying the column and the value; as it is written, a name counts more', async () => {
  const agent = await crm.signIn()
  const toDeal = await fieldTo(agent, 'deal')
  const turbines = await made(agent, '/deals', { title: 'Turbines' })
  await made(agent, '/deals', { title: 'turbines' })
  for (const title of ['Pumps', 'Pumps']) await made(agent, '/deals', { title })
  const gone = await made(agent, '/deals', { title: 'Gone' })
  await agent.delete(`/deals/${gone}`)
  const file = fileOf('To deal', ['Turbines', 'TURBINES', 'Pumps', 'Gone', gone, 'Nothing'])
  const unknown = { code: 'crm.import.related_unknown', column: 1, count: 3 }
  const ambiguous = { code: 'crm.import.related_ambiguous', column: 1, count: 2 }
  const complaints = await complaintsOf(agent, file)
  expect(complaints).toMatchObject([ambiguous, unknown])
  expect(complaints?.map(({ examples }) => examples.map(({ value }) => value))).toEqual([
    ['TURBINES', 'Pumps'],
    ['Gone', gone, 'Nothing'],
  ])
  const done = await imported(agent, file, { replacements: [{ column: 1, from: 'Nothing', to: 'Turbines' }] })
  expect(await namedBy(agent, toDeal)).toEqual({ 'Row 0': turbines, 'Row 5': turbines })
  const refused = (await agent.get(`/imports/${done.id}/refused.csv`)).raw.toString()
  expect(refused).toContain('To deal: No such record that you may see')
  expect(refused).toContain('To deal: Several records are called so')
})

it('names nothing that whoever imports does not see: by name, address and id alike', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const toContact = await fieldTo(owner, 'contact')
  const secret = await made(owner, '/contacts', { name: 'Secret', email: 'secret@example.org' })
  const file = fileOf('To contact', ['Secret', 'secret@example.org', secret])
  const permissions = ['crm.contact.read', 'crm.contact.create', 'crm.contact.import'] as const
  const nearby = await crm.signIn({ organizationId, permissions: [...permissions], scopes: { contact: { read: 'own', write: 'own' } } })
  const stranger = await crm.signIn()
  await fieldTo(stranger, 'contact')
  for (const agent of [nearby, stranger]) expect(await complaintsOf(agent, file)).toMatchObject([{ code: 'crm.import.related_unknown', column: 1, count: 3 }])
  const blind = await crm.signIn({ organizationId, permissions: [...permissions], fields: { contact: { email: 'hidden' } } })
  expect(await complaintsOf(blind, file)).toMatchObject([{ code: 'crm.import.related_unknown', count: 1, examples: [{ value: 'secret@example.org' }] }])
  await imported(owner, file)
  expect(Object.values(await namedBy(owner, toContact))).toEqual([secret, secret, secret])
})

it('takes an address that is of somebody out of sight for the name that it is too', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  await made(owner, '/companies', { name: 'Far', domains: ['acme.example'] })
  const field = await fieldTo(owner, 'company')
  const nearby = await crm.signIn({
    organizationId,
    permissions: ['crm.contact.read', 'crm.contact.create', 'crm.contact.import', 'crm.company.read', 'crm.company.create'],
    scopes: { company: { read: 'own', write: 'own' } },
  })
  const near = await made(nearby, '/companies', { name: 'acme.example' })
  await imported(nearby, fileOf('To company', ['acme.example']))
  expect(await namedBy(owner, field)).toEqual({ 'Row 0': near })
})
