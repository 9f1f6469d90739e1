import type { FoundDocument, SearchIndex, SearchQuestion } from '@ai-crm/platform'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

// An index that is as late, as wide and as wrong as one can be: it names everything that it was ever told of, to everybody. What
// comes out all the same is what the database lets through. It runs without an Elasticsearch, whose honest lateness is tried beside it.
const told = new Set<string>()
let asked: SearchQuestion[] = []
const everything: SearchIndex = {
  async find(_organizationId, questions) {
    asked.push(...questions)
    return questions.map(({ limit }) => [...told].slice(0, limit).map((id): FoundDocument => ({ id, rank: 3 })))
  },
  async write(_organizationId, load) {
    for (const { id } of await load()) told.add(id)
  },
  forget: async () => {},
  isBuilt: async () => true,
  beginGeneration: () => Promise.reject(new Error('It is built.')),
  mayPass: () => false,
  isHealthy: () => true,
  close: async () => {},
}

const crm = await startService(service, { search: everything })
const names = async (who: Agent, query: string, limit = 5): Promise<string[]> =>
  (await who.get(`/search?query=${query}&limit=${limit}`)).body.contacts.map(({ name }: { name: string }) => name)
const read = ['crm.contact.read', 'crm.contact.create'] as const

it('shows nothing of another organisation, nothing out of reach and nothing that is gone, whatever the index names', async () => {
  const [owner, stranger] = [await crm.signIn(), await crm.signIn()]
  const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions: read, scopes: { contact: { read: 'own', write: 'own' } } })
  await stranger.post('/contacts', { name: 'A stranger’s' })
  await owner.post('/contacts', { name: 'The owner’s' })
  const { body } = await owner.post('/contacts', { name: 'Deleted' })
  await clerk.post('/contacts', { name: 'The clerk’s' })
  await crm.settle()
  await owner.delete(`/contacts/${body.id}`)
  expect(told.size).toBe(4)
  expect(await names(clerk, 'any')).toEqual(['The clerk’s'])
  expect((await names(owner, 'any')).toSorted()).toEqual(['The clerk’s', 'The owner’s'])
  expect(await names(stranger, 'any')).toEqual(['A stranger’s'])
})

it('shows nobody by a field that is hidden, whatever the index names', async () => {
  const owner = await crm.signIn()
  await owner.post('/contacts', { name: 'Ada', email: 'ada@secret.example' })
  await crm.settle()
  const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions: read, fields: { contact: { email: 'hidden' } } })
  expect([await names(clerk, 'secret', 20), await names(clerk, 'ada', 20)]).toEqual([[], ['Ada']])
})

it('asks again for more where too few came through, once', async () => {
  const owner = await crm.signIn()
  for (let at = 0; at < 20; at++) await owner.post('/contacts', { name: `Many ${at}` })
  await crm.settle()
  asked = []
  expect(await names(owner, 'many', 2)).toHaveLength(2)
  expect(asked.filter(({ kind }) => kind === 'contact').map(({ limit }) => limit)).toEqual([4, 40])
})
