import { aiDraftGenerated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { startFakeOpenAi } from '@ai-crm/testing/fakes/openai-server'
import { afterAll, expect, it } from 'vitest'
import { startConversation } from '../conversations/conversation.fixture.ts'
import service from '../service.ts'
import { writeDraft } from './write-draft.ts'
import type { Ctx } from '../ctx.ts'

const model = await startFakeOpenAi()
const ai = await startService(service, { environment: { AI_BASE_URL: model.url, AI_MODEL: 'fake-1' } })
afterAll(() => model.close())

async function conversationOf() {
  const agent = await ai.signIn()
  const conversation = startConversation(ai, agent.organizationId)
  const drafts = async () => (await agent.get(`/drafts?conversationId=${conversation.conversationId}`)).body.items
  return { agent, conversation, drafts }
}

/** The model has been asked about it, and writes nothing yet. */
async function untilAsked(about: () => Promise<unknown>): Promise<void> {
  const asked = model.prompts.length
  await about()
  await expect.poll(() => model.prompts.length).toBeGreaterThan(asked)
}

it('stores what the model wrote', async () => {
  model.answerWith({ text: 'Hello Ada, it costs 15 EUR.' })
  const { conversation, drafts } = await conversationOf()
  await conversation.receive('What is the price?')
  await ai.settle()
  expect(await drafts()).toMatchObject([
    { status: 'waiting', body: 'Hello Ada, it costs 15 EUR.', provider: 'openai-compatible', model: 'fake-1', reason: null },
  ])
})

it('writes locally, and says so, when the model breaks off', async () => {
  model.answerWith({ text: 'Hello Ada, it costs', cutAfter: 8 })
  const { conversation, drafts } = await conversationOf()
  await conversation.receive('What is the price?')
  await ai.settle()
  expect(await drafts()).toMatchObject([{ status: 'waiting', provider: 'local', reason: expect.stringContaining('written without it') }])
})

it('throws away what the model wrote before it saw the customer’s newest message', async () => {
  const { promise: go, resolve: goOn } = Promise.withResolvers<void>()
  model.answerWith(({ user }) => (user.includes('second question') ? { text: 'Second answer.' } : { text: 'First answer.', waitAfter: 0, go }))
  const { agent, conversation, drafts } = await conversationOf()
  await untilAsked(() => conversation.receive('The first question?'))
  const second = await conversation.receive('The second question?')
  goOn()
  await ai.settle()
  expect(await drafts()).toMatchObject([{ status: 'waiting', body: 'Second answer.', basedOnMessageId: second }])
  expect(await ai.emitted(aiDraftGenerated, agent.organizationId)).toHaveLength(1)
})

it('throws away what the model wrote when a colleague answered meanwhile', async () => {
  const { promise: go, resolve: goOn } = Promise.withResolvers<void>()
  model.answerWith({ text: 'An answer.', waitAfter: 0, go })
  const { agent, conversation, drafts } = await conversationOf()
  await untilAsked(() => conversation.receive('What is the price?'))
  const reply = await conversation.answer('15 EUR.')
  goOn()
  await ai.settle()
  expect(await drafts()).toMatchObject([{ status: 'outdated', outdatedByMessageId: reply, body: '' }])
  expect(await ai.emitted(aiDraftGenerated, agent.organizationId)).toEqual([])
})

it('is idempotent: run again after it was done, it neither asks the model nor announces anything', async () => {
  model.answerWith({ text: 'An answer.' })
  const { agent, conversation, drafts } = await conversationOf()
  await conversation.receive('What is the price?')
  await ai.settle()
  const [draft] = await drafts()
  const asked = model.prompts.length
  await writeDraft(ctxOf(agent.organizationId), draft.id)
  expect(model.prompts).toHaveLength(asked)
  expect(await ai.emitted(aiDraftGenerated, agent.organizationId)).toHaveLength(1)
})

it('tells the model nothing of another organisation or conversation', async () => {
  model.answerWith({ text: 'An answer.' })
  const canary = 'canary-7f3a'
  const [other, ours] = [await conversationOf(), await conversationOf()]
  await other.agent.post('/ai/notes', { title: `Price ${canary}`, body: `The price is ${canary}.` })
  await other.conversation.receive(`What is the price? ${canary}`)
  const neighbour = startConversation(ai, ours.agent.organizationId)
  await neighbour.receive(`Please keep this to yourself: ${canary}`)
  await ai.settle()
  const before = model.prompts.length
  await ours.conversation.receive('What is the price?')
  await ai.settle()
  const asked = model.prompts.slice(before)
  expect(asked).toHaveLength(1)
  expect(`${asked[0]?.system}${asked[0]?.user}`).not.toContain(canary)
})

/** The test service's context is untyped; it is this service's. */
const ctxOf = (organizationId: string): Ctx => ai.ctx(organizationId) as unknown as Ctx
