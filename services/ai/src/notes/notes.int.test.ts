import { aiNoteCreated, aiNoteDeleted, aiNoteUpdated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { expect, it } from 'vitest'
import { startConversation } from '../conversations/conversation.fixture.ts'
import service from '../service.ts'

const ai = await startService(service)
const PRICING = { title: 'Pricing', body: 'The price is 15 EUR per user and month.' }

it('keeps a note through its life and announces each step once', async () => {
  const agent = await ai.signIn()
  const created = await agent.post('/ai/notes', PRICING)
  expect(created).toMatchObject({ status: 201, body: { ...PRICING, version: 1 } })
  const { id } = created.body
  const updated = await agent.patch(`/ai/notes/${id}`, { body: 'The price is 20 EUR.' }, { version: 1 })
  expect(updated).toMatchObject({ status: 200, body: { title: 'Pricing', body: 'The price is 20 EUR.', version: 2 } })
  expect((await agent.delete(`/ai/notes/${id}`)).status).toBe(204)
  expect((await agent.get('/ai/notes')).body.items).toEqual([])

  const { organizationId } = agent
  expect(await ai.emitted(aiNoteCreated, organizationId)).toMatchObject([{ data: { noteId: id, ...PRICING } }])
  expect(await ai.emitted(aiNoteUpdated, organizationId)).toMatchObject([
    { data: { noteId: id, changes: { body: { from: PRICING.body, to: 'The price is 20 EUR.' } } } },
  ])
  expect(await ai.emitted(aiNoteDeleted, organizationId)).toMatchObject([{ data: { noteId: id } }])
})

it('is answered from at once, and no longer after its end', async () => {
  const agent = await ai.signIn()
  const { body: note } = await agent.post('/ai/notes', PRICING)
  const draftOf = async () => {
    const conversation = startConversation(ai, agent.organizationId)
    await conversation.receive('What is the price?')
    await ai.settle()
    return (await agent.get(`/drafts?conversationId=${conversation.conversationId}`)).body.items[0]
  }
  expect(await draftOf()).toMatchObject({
    body: expect.stringContaining(PRICING.body),
    sources: [{ noteId: note.id, title: 'Pricing', excerpt: PRICING.body }],
  })

  await agent.patch(`/ai/notes/${note.id}`, { body: 'The price is 20 EUR.' }, { version: 1 })
  expect((await draftOf()).body).toContain('20 EUR')

  await agent.delete(`/ai/notes/${note.id}`)
  expect(await draftOf()).toMatchObject({ body: expect.stringContaining('[FILL IN: the price'), sources: [] })
})

it('refuses a change on an old version, and a change of nothing emits nothing', async () => {
  const agent = await ai.signIn()
  const { body: note } = await agent.post('/ai/notes', PRICING)
  expect((await agent.patch(`/ai/notes/${note.id}`, { title: 'Pricing' }, { version: 1 })).body.version).toBe(1)
  expect((await agent.patch(`/ai/notes/${note.id}`, { title: 'Prices' }, { version: 7 })).status).toBe(409)
  expect(await ai.emitted(aiNoteUpdated, agent.organizationId)).toEqual([])
})

it('looks to another organisation like one that does not exist', async () => {
  const [ours, theirs] = [await ai.signIn(), await ai.signIn()]
  const { body: note } = await ours.post('/ai/notes', PRICING)
  for (const id of [note.id, uuidV7()]) {
    expect((await theirs.patch(`/ai/notes/${id}`, { title: 'x' }, { version: 1 })).status).toBe(404)
    expect((await theirs.delete(`/ai/notes/${id}`)).status).toBe(404)
  }
  expect((await theirs.get('/ai/notes')).body.items).toEqual([])
  expect((await ours.get('/ai/notes')).body.items).toHaveLength(1)
})
