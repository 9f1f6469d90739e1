import {
  aiDraftApproved,
  aiDraftFailed,
  aiDraftGenerated,
  aiDraftOutdated,
  aiDraftRejected,
  contactCreated,
  conversationLinked,
  authSagaRequested,
} from '@ai-crm/contracts'
import { type Agent, startService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { startConversation } from '../conversations/conversation.fixture.ts'
import service from '../service.ts'

const ai = await startService(service)

const draftsOf = async (agent: Agent, conversationId: string) => (await agent.get(`/drafts?conversationId=${conversationId}`)).body.items
const approve = (agent: Agent, draft: { id: string; version: number }, body = 'It costs 15 EUR.') =>
  agent.post(`/drafts/${draft.id}/approve`, { subject: 'Re: Question', body }, { 'if-match': `"${draft.version}"` })
const reject = (agent: Agent, draft: { id: string; version: number }, reason: string | null = null) =>
  agent.post(`/drafts/${draft.id}/reject`, { reason }, { 'if-match': `"${draft.version}"` })

/** Somebody with a conversation in which a draft waits. */
async function withWaitingDraft(text = 'What is the price?') {
  const agent = await ai.signIn()
  const conversation = startConversation(ai, agent.organizationId)
  const messageId = await conversation.receive(text)
  await ai.settle()
  const [draft] = await draftsOf(agent, conversation.conversationId)
  return { agent, conversation, messageId, draft }
}

describe('a customer’s message', () => {
  it('makes at most six drafts of one conversation in an hour by itself: a machine that answers at once is no customer', async () => {
    const { agent, conversation } = await withWaitingDraft()
    for (let mail = 0; mail < 8; mail++) {
      await conversation.receive('Your message was received.')
      await ai.settle()
    }
    const drafts = await draftsOf(agent, conversation.conversationId)
    expect(drafts).toHaveLength(6)
    expect(drafts.every(({ status }: { status: string }) => status === 'outdated')).toBe(true)
    expect((await agent.post(`/conversations/${conversation.conversationId}/drafts`, {})).status).toBe(202)

    const other = startConversation(ai, agent.organizationId)
    await other.receive('What is the price?')
    await ai.settle()
    expect(await draftsOf(agent, other.conversationId)).toMatchObject([{ status: 'waiting' }])
  })

  it('makes one draft that waits for a person, and announces it once', async () => {
    const { agent, conversation, messageId, draft } = await withWaitingDraft('Hi,\nwhat is the price of the engine?')
    expect(draft).toMatchObject({
      status: 'waiting',
      conversationId: conversation.conversationId,
      basedOnMessageId: messageId,
      subject: 'Re: Question',
      language: 'en',
      provider: 'local',
      tone: 'neutral',
      length: 'normal',
    })
    expect(draft.body).toContain('Hello Ada,')
    expect(draft.body).toContain('what is the price of the engine?')
    const generated = await ai.emitted(aiDraftGenerated, agent.organizationId)
    expect(generated).toHaveLength(1)
    expect(generated[0]?.data).toMatchObject({ draftId: draft.id, basedOnMessageId: messageId, body: draft.body })
  })

  it('makes one draft although it is delivered twice', async () => {
    const agent = await ai.signIn()
    const conversation = startConversation(ai, agent.organizationId)
    const eventId = uuidV7()
    await conversation.receive('What is the price?', { eventId })
    await conversation.receive('What is the price?', { eventId })
    await ai.settle()
    expect(await draftsOf(agent, conversation.conversationId)).toHaveLength(1)
  })

  it('makes one draft although it comes in five parts at once, and that draft has seen the last', async () => {
    const agent = await ai.signIn()
    const conversation = startConversation(ai, agent.organizationId)
    const parts: string[] = []
    for (const text of ['Hello', 'I have a question', 'about prices', 'and delivery', 'What is the price?']) parts.push(await conversation.receive(text))
    await ai.settle()
    const drafts = await draftsOf(agent, conversation.conversationId)
    expect(drafts.filter(({ status }: { status: string }) => status === 'waiting')).toMatchObject([{ basedOnMessageId: parts.at(-1) }])
  })

  it('is greeted by the name that the contact has in the CRM, signed with the organisation’s name', async () => {
    const agent = await ai.signIn()
    const contactId = uuidV7()
    const input = { name: 'Ромашка', slug: 'romashka', locale: 'ru' }
    await ai.deliver(authSagaRequested({ sagaId: crypto.randomUUID(), step: 'ai.prepare-settings', action: 'do', input }), {
      organizationId: agent.organizationId,
    })
    await ai.deliver(
      contactCreated({ contactId, name: 'Петрова Анна Сергеевна', email: null, phone: null, company: null, position: null, note: null, source: 'manual' }),
      { organizationId: agent.organizationId },
    )
    const conversation = startConversation(ai, agent.organizationId, { contactId, name: 'anna77' })
    await conversation.receive('Сколько это стоит?')
    await ai.settle()
    const [draft] = await draftsOf(agent, conversation.conversationId)
    expect(draft.body).toMatch(/^Здравствуйте, Анна Сергеевна!/)
    expect(draft.body).toMatch(/Ромашка$/)
  })

  it('is told apart by contact also when CRM meets the sender only after the draft began', async () => {
    const { agent, conversation, draft } = await withWaitingDraft()
    expect(draft.contactId).toBeNull()
    const contactId = uuidV7()
    await ai.deliver(conversationLinked({ conversationId: conversation.conversationId, contactId }), { organizationId: agent.organizationId })
    expect(await approve(agent, draft)).toMatchObject({ status: 200, body: { contactId } })
    expect(await ai.emitted(aiDraftApproved, agent.organizationId)).toMatchObject([{ data: { contactId } }])
  })

  it('makes no draft when a machine wrote it', async () => {
    const agent = await ai.signIn()
    const conversation = startConversation(ai, agent.organizationId)
    await conversation.receive('I am out of office.', { isAutoReply: true })
    await ai.settle()
    expect(await draftsOf(agent, conversation.conversationId)).toEqual([])
  })

  it('makes no draft when the organisation does not want it', async () => {
    const agent = await ai.signIn()
    const { body: settings } = await agent.get('/ai/settings')
    expect((await agent.patch('/ai/settings', { isAutoDraftOn: false }, { version: settings.version })).status).toBe(200)
    const conversation = startConversation(ai, agent.organizationId)
    await conversation.receive('What is the price?')
    await ai.settle()
    expect(await draftsOf(agent, conversation.conversationId)).toEqual([])
  })
})

describe('the stale-draft guard', () => {
  it('outdates a waiting draft when the customer writes again, says by which message, and drafts anew', async () => {
    const { agent, conversation, draft } = await withWaitingDraft()
    const newer = await conversation.receive('And what about delivery?')
    await ai.settle()
    const [next, outdated] = await draftsOf(agent, conversation.conversationId)
    expect(outdated).toMatchObject({ id: draft.id, status: 'outdated', outdatedByMessageId: newer })
    expect(next).toMatchObject({ status: 'waiting', basedOnMessageId: newer })
    expect(await ai.emitted(aiDraftOutdated, agent.organizationId)).toMatchObject([{ data: { draftId: draft.id, byMessageId: newer } }])
  })

  it('refuses to approve an outdated draft, whatever version the client has', async () => {
    const { agent, conversation, draft } = await withWaitingDraft()
    const newer = await conversation.receive('And what about delivery?')
    for (const version of [draft.version, draft.version + 1]) {
      expect(await approve(agent, { ...draft, version })).toMatchObject({
        status: 409,
        body: { code: 'ai.draft.outdated', context: { outdatedByMessageId: newer } },
      })
    }
    expect(await ai.emitted(aiDraftApproved, agent.organizationId)).toEqual([])
  })

  it('outdates a waiting draft when a colleague answers by hand, once', async () => {
    const { agent, conversation, draft } = await withWaitingDraft()
    const reply = await conversation.answer('It costs 15 EUR.')
    await ai.settle()
    expect(await draftsOf(agent, conversation.conversationId)).toMatchObject([{ id: draft.id, status: 'outdated', outdatedByMessageId: reply }])
    expect(await ai.emitted(aiDraftOutdated, agent.organizationId)).toHaveLength(1)
  })

  it('does not outdate a draft by what came before the message that it answers, though the news of it comes late', async () => {
    const agent = await ai.signIn()
    const conversation = startConversation(ai, agent.organizationId)
    const newest = await conversation.receive('What is the price?', { version: 9 })
    await ai.settle()
    await conversation.answer('Welcome!', { version: 2 })
    await conversation.receive('Hello', { version: 4 })
    await ai.settle()
    expect(await draftsOf(agent, conversation.conversationId)).toMatchObject([{ status: 'waiting', basedOnMessageId: newest }])
  })

  it('lets an approval and an inbound message never both win', async () => {
    for (let round = 0; round < 15; round++) {
      const { agent, conversation, draft } = await withWaitingDraft()
      const [answer] = await Promise.all([approve(agent, draft), conversation.receive('Wait, one more thing!')])
      const { body: decided } = await agent.get(`/drafts/${draft.id}`)
      expect([
        [200, 'approved'],
        [409, 'outdated'],
      ]).toContainEqual([answer.status, decided.status])
      expect(await ai.emitted(aiDraftApproved, agent.organizationId)).toHaveLength(answer.status === 200 ? 1 : 0)
      expect(await ai.emitted(aiDraftOutdated, agent.organizationId)).toHaveLength(answer.status === 200 ? 0 : 1)
    }
  })
})

describe('a person’s decision', () => {
  it('approves as edited, with the difference between draft and sent', async () => {
    const { agent, draft, messageId } = await withWaitingDraft()
    const answer = await approve(agent, draft, draft.body.replace(/\[FILL IN: [^\]]*\]/, '15 EUR'))
    expect(answer).toMatchObject({ status: 200, body: { status: 'approved', decidedBy: agent.userId, version: draft.version + 1 } })
    const [event] = await ai.emitted(aiDraftApproved, agent.organizationId)
    expect(event?.data).toMatchObject({ draftId: draft.id, basedOnMessageId: messageId, approvedBy: agent.userId, subject: 'Re: Question' })
    expect(event?.data.body).toContain('15 EUR')
    expect(
      event?.data.diff
        .filter(({ op }) => op === 'insert')
        .map(({ text }) => text)
        .join(''),
    ).toBe('15 EUR')
    expect(event?.actor).toEqual({ type: 'user', id: agent.userId })
  })

  it('does not send a gap that nobody filled in', async () => {
    const { agent, draft } = await withWaitingDraft()
    expect(await approve(agent, draft, draft.body)).toMatchObject({ status: 422, body: { code: 'ai.draft.unfilled_gap' } })
    expect((await agent.get(`/drafts/${draft.id}`)).body.status).toBe('waiting')
  })

  it('rejects, with the reason', async () => {
    const { agent, draft } = await withWaitingDraft()
    expect(await reject(agent, draft, 'Too cold')).toMatchObject({ status: 200, body: { status: 'rejected', reason: 'Too cold', decidedBy: agent.userId } })
    expect(await ai.emitted(aiDraftRejected, agent.organizationId)).toMatchObject([{ data: { draftId: draft.id, reason: 'Too cold' } }])
  })

  it('is made once: of many at the same time one wins', async () => {
    const { agent, draft } = await withWaitingDraft()
    const answers = await Promise.all([approve(agent, draft), approve(agent, draft), reject(agent, draft), approve(agent, draft)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    const events = [...(await ai.emitted(aiDraftApproved, agent.organizationId)), ...(await ai.emitted(aiDraftRejected, agent.organizationId))]
    expect(events).toHaveLength(1)
  })

  it('needs the version that was read', async () => {
    const { agent, draft } = await withWaitingDraft()
    expect((await approve(agent, { ...draft, version: draft.version + 1 })).body.code).toBe('platform.version_conflict')
    expect((await agent.post(`/drafts/${draft.id}/approve`, { subject: 'x', body: 'y' })).status).toBeGreaterThanOrEqual(400)
  })
})

describe('asking for a draft', () => {
  const ask = (agent: Agent, conversationId: string, wish: object = {}) => agent.post(`/conversations/${conversationId}/drafts`, wish)

  it('replaces the waiting one, in the tone and length that were asked for', async () => {
    const { agent, conversation, draft } = await withWaitingDraft()
    const answer = await ask(agent, conversation.conversationId, { tone: 'friendly', length: 'short' })
    expect(answer).toMatchObject({ status: 202, body: { status: 'generating', tone: 'friendly', length: 'short' } })
    await ai.settle()
    expect(await draftsOf(agent, conversation.conversationId)).toMatchObject([
      { id: answer.body.id, status: 'waiting', tone: 'friendly', body: expect.stringMatching(/^Hi Ada,/) },
      { id: draft.id, status: 'rejected', reason: 'replaced', decidedBy: agent.userId },
    ])
  })

  it('twice at once makes one draft', async () => {
    const { agent, conversation } = await withWaitingDraft()
    const answers = await Promise.all([1, 2, 3].map(() => ask(agent, conversation.conversationId)))
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    await ai.settle()
    const drafts = await draftsOf(agent, conversation.conversationId)
    expect(drafts.filter(({ status }: { status: string }) => status === 'waiting')).toHaveLength(1)
  })

  it('is refused for a conversation in which the customer has not written', async () => {
    const agent = await ai.signIn()
    const conversation = startConversation(ai, agent.organizationId)
    await conversation.answer('Hello, may I introduce us?')
    expect(await ask(agent, conversation.conversationId)).toMatchObject({ status: 409, body: { code: 'ai.draft.nothing_to_answer' } })
  })

  it('answers 404 for a conversation that is not ours or does not exist', async () => {
    const { conversation } = await withWaitingDraft()
    const stranger = await ai.signIn()
    const [foreign, missing] = [await ask(stranger, conversation.conversationId), await ask(stranger, uuidV7())]
    expect([foreign.status, missing.status]).toEqual([404, 404])
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  })
})

it('gives up, visibly, a draft that nobody finished in time', async () => {
  const agent = await ai.signIn()
  const conversation = startConversation(ai, agent.organizationId)
  await conversation.receive('What is the price?')
  await ai.settle()
  await ai.database.asAdmin(`update ai.draft set status = 'generating' where conversation_id = '${conversation.conversationId}'`)
  await ai.database.asAdmin(`update ai.job set run_at = now() where name = 'ai.expire-draft' and organization_id = '${agent.organizationId}'`)
  await ai.settle()
  expect(await draftsOf(agent, conversation.conversationId)).toMatchObject([{ status: 'failed', reason: expect.stringContaining('too long') }])
  expect(await ai.emitted(aiDraftFailed, agent.organizationId)).toHaveLength(1)
})
