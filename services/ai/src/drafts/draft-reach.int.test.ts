import { contactCreated, conversationUpdated, teamCreated, type RecordScopes } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { startFakeOpenAi } from '@ai-crm/testing/fakes/openai-server'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, expect, it } from 'vitest'
import { startConversation } from '../conversations/conversation.fixture.ts'
import service from '../service.ts'

const model = await startFakeOpenAi()
const ai = await startService(service, { environment: { AI_BASE_URL: model.url, AI_MODEL: 'fake-1' } })
afterAll(() => model.close())

const OWN = { read: 'own', write: 'own' } as const
const SECRETS = ['Augusta King', 'Analytical Engines'] as const

/** A conversation with a customer who is a contact of a colleague, and the prompts that the model has got since. */
async function withContact() {
  const owner = await ai.signIn()
  const { organizationId } = owner
  const contactId = uuidV7()
  const [name, company] = SECRETS
  const contact = { contactId, name, company, email: null, phone: null, position: null, note: null, source: 'manual', ownerId: owner.userId } as const
  await ai.deliver(contactCreated(contact), { organizationId })
  const prompts: string[] = []
  model.answerWith(({ user }) => (prompts.push(user), { text: 'Yes.' }))
  const conversation = startConversation(ai, organizationId, { contactId })
  await conversation.receive('What is the price?')
  await ai.settle()
  const path = `/conversations/${conversation.conversationId}/drafts`
  const colleague = (scopes: RecordScopes, more: object = {}) =>
    ai.signIn({ organizationId, permissions: ['ai.draft.read', 'ai.draft.generate', 'ai.draft.decide'], scopes, ...more })
  return { organizationId, owner, conversation, path, prompts, colleague }
}

const toldOf = (prompt: string | undefined) => SECRETS.filter((secret) => prompt?.includes(secret))

it('writes for the organisation from all it knows', async () => {
  const { owner, path, prompts } = await withContact()
  expect(toldOf(prompts[0])).toEqual(SECRETS)
  await owner.post(path, {})
  await ai.settle()
  expect(toldOf(prompts[1])).toEqual(SECRETS)
})

it('keeps a contact from the draft of somebody who may not read it', async () => {
  const { path, prompts, colleague } = await withContact()
  expect((await (await colleague({ contact: OWN })).post(path, {})).status).toBe(202)
  await ai.settle()
  expect(prompts).toHaveLength(2)
  expect(toldOf(prompts[1])).toEqual([])
})

it('keeps a hidden field from the draft of somebody from whom it is hidden', async () => {
  const { path, prompts, colleague } = await withContact()
  await (await colleague({}, { fields: { contact: { company: 'hidden' } } })).post(path, {})
  await ai.settle()
  expect(toldOf(prompts[1])).toEqual([SECRETS[0]])
})

it('asks for, shows and decides drafts of conversations within reach only', async () => {
  const { organizationId, owner, conversation, path, colleague } = await withContact()
  const { conversationId } = conversation
  const [own, team] = [await colleague({ conversation: OWN }), await colleague({ conversation: { read: 'team', write: 'own' } })]
  const [draft] = (await owner.get('/drafts')).body.items
  const statuses = async (agent: typeof own) => {
    const read = await agent.get(`/drafts/${draft.id}`)
    const rejected = await agent.post(`/drafts/${draft.id}/reject`, { reason: null }, { 'if-match': `"${draft.version}"` })
    return [read, rejected, await agent.post(path, {})].map(({ status }) => status)
  }
  // Nobody's: in the reach of teams, to be read.
  expect(await statuses(own)).toEqual([404, 404, 404])
  expect(await statuses(team)).toEqual([200, 403, 403])

  const mate = uuidV7()
  const assigned = (to: string | null, from: string | null) => conversationUpdated({ conversationId, changes: { assigneeId: { from, to } } })
  await ai.deliver(assigned(mate, null), { organizationId, aggregateVersion: 2 })
  expect(await statuses(team)).toEqual([404, 404, 404])
  expect((await team.get('/drafts')).body.items).toEqual([])
  await ai.deliver(teamCreated({ teamId: uuidV7(), name: 'North', leadId: null, memberIds: [mate, team.userId] }), { organizationId })
  expect(await statuses(team)).toEqual([200, 403, 403])
  await ai.deliver(assigned(own.userId, mate), { organizationId, aggregateVersion: 3 })
  expect(await statuses(own)).toEqual([200, 200, 202])
})
