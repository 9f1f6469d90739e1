import { contactCreated, contactUpdated } from '@ai-crm/contracts'
import { openLiveClient } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it, onTestFinished } from 'vitest'
import { startScopedProduct } from './fuzz/record-scopes-fixture.ts'

const { service, owner, people, records, team, asker } = await startScopedProduct()

const TEAM = { contact: { read: 'team', write: 'own' }, conversation: { read: 'team', write: 'own' } } as const
const OWN = { contact: { read: 'own', write: 'own' }, conversation: { read: 'own', write: 'own' } } as const

it('follows who is in a team within seconds, with the same token', async () => {
  const agent = await asker(TEAM)
  const statuses = async () => {
    const { contactId, conversationId, draftId } = records.mate
    const answers = [await agent.get(`/contacts/${contactId}`), await agent.get(`/conversations/${conversationId}`), await agent.get(`/drafts/${draftId}`)]
    return answers.map(({ status }) => status)
  }
  expect(await statuses()).toEqual([200, 200, 200])
  const without = await owner.patch(`/teams/${team.id}`, { memberIds: [people.mate] }, { version: team.version })
  await service.settle()
  expect(await statuses()).toEqual([404, 404, 404])
  await owner.patch(`/teams/${team.id}`, { memberIds: [people.asker, people.mate] }, { version: without.body.version })
  await service.settle()
  expect(await statuses()).toEqual([200, 200, 200])

  const { body: other } = await owner.post('/teams', { name: 'Second', memberIds: [people.asker, people.stranger] })
  await service.settle()
  expect((await agent.get(`/contacts/${records.stranger.contactId}`)).status).toBe(200)
  await owner.delete(`/teams/${other.id}`)
  await service.settle()
  expect((await agent.get(`/contacts/${records.stranger.contactId}`)).status).toBe(404)
})

it('follows the owner: what is given to somebody is theirs in every service', async () => {
  const agent = await asker(OWN)
  const { conversationId, draftId } = records.nobody
  expect((await agent.get(`/conversations/${conversationId}`)).status).toBe(404)
  const assign = async (assigneeId: string | null) => {
    const { version } = (await owner.get(`/conversations/${conversationId}`)).body
    await owner.patch(`/conversations/${conversationId}`, { assigneeId }, { version })
    await service.settle()
  }
  await assign(people.asker)
  expect([(await agent.get(`/conversations/${conversationId}`)).status, (await agent.get(`/drafts/${draftId}`)).status]).toEqual([200, 200])
  await assign(null)
  expect([(await agent.get(`/conversations/${conversationId}`)).status, (await agent.get(`/drafts/${draftId}`)).status]).toEqual([404, 404])
})

it('tells screens that see a part only that something happened, not to what nor by whom', async () => {
  const url = await service.app.listen({ host: '127.0.0.1', port: 0 })
  const [narrow, wide] = [(await asker(OWN)).token, owner.token].map((token) => openLiveClient({ url, token }))
  onTestFinished(() => [narrow, wide].forEach((client) => client?.close()))
  for (const client of [narrow, wide]) await eventually(() => expect(client?.state.connections).toBe(1))
  const { body: contact } = await owner.post('/contacts', { name: 'Somebody else’s' })
  await service.settle()
  const isTold = (client: typeof wide) => eventually(() => expect(client?.applied.map(({ type }) => type)).toContain('contact.created'))
  await Promise.all([isTold(narrow), isTold(wide)])
  expect(JSON.stringify(wide?.applied)).toContain(contact.id)
  for (const id of [contact.id, owner.userId]) expect(JSON.stringify(narrow?.applied)).not.toContain(id)
})

it('lets a key reach what its maker reaches, and gives its maker what it makes', async () => {
  const key = await service.signIn({
    organizationId: owner.organizationId,
    userId: people.asker,
    agent: { type: 'api-key', id: crypto.randomUUID() },
    permissions: ['crm.contact.read', 'crm.contact.create', 'crm.contact.update', 'messaging.conversation.read'],
    scopes: OWN,
  })
  expect((await key.get('/contacts')).body.items.map(({ id }: { id: string }) => id)).toContain(records.asker.contactId)
  expect((await key.get(`/contacts/${records.mate.contactId}`)).status).toBe(404)
  expect((await key.get('/conversations?folder=all')).body.items).toHaveLength(1)
  const { body: made } = await key.post('/contacts', { name: 'Imported' })
  expect(made.ownerId).toBe(people.asker)
  expect((await key.get(`/contacts/${made.id}`)).status).toBe(200)
  expect((await key.patch(`/contacts/${made.id}`, { phone: '1' }, { version: 1 })).status).toBe(200)
  const told = await service.emitted(contactCreated, owner.organizationId)
  expect(told.at(-1)).toMatchObject({ actor: { type: 'api-key' }, data: { ownerId: people.asker } })
})

it('hands contacts and conversations of whoever is removed over to their heir', async () => {
  const { body } = await owner.post(`/members/${people.stranger}/remove`, { handOverTo: people.mate })
  expect(body).toBeUndefined()
  await service.settle()
  expect((await owner.get(`/contacts/${records.stranger.contactId}`)).body.ownerId).toBe(people.mate)
  expect((await owner.get(`/conversations/${records.stranger.conversationId}`)).body.assigneeId).toBe(people.mate)
  expect((await service.emitted(contactUpdated, owner.organizationId)).at(-1)).toMatchObject({
    data: { contactId: records.stranger.contactId, changes: { ownerId: { from: people.stranger, to: people.mate } } },
  })
  // The heir is in a team of the asker: now the asker sees what the stranger owned.
  expect((await (await asker(TEAM)).get(`/contacts/${records.stranger.contactId}`)).status).toBe(200)
})
