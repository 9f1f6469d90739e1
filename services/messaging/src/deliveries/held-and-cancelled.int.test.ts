import { aiDraftApproved, messageCancelled, messageHeld, messageQueued } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'
import { attemptDelivery } from './attempt-delivery.ts'

const { messaging, ctx, organization, sendRaw } = await startMailFixture({ SEND_UNDO_SECONDS: '600' })
const id = (): string => crypto.randomUUID()

async function conversationOf(slug: string) {
  const { agent, address } = await organization(slug)
  const write = (name: string, head = '') =>
    sendRaw(address, `From: ada@example.org\r\nMessage-ID: <${name}@${slug}>\r\nIn-Reply-To: <first@${slug}>\r\nSubject: Hi\r\n${head}\r\n${name}\r\n`)
  await write('first')
  const [conversation] = (await agent.get('/conversations')).body.items
  const approve = (draftId: string) =>
    messaging.deliver(
      aiDraftApproved({
        draftId,
        conversationId: conversation.id,
        contactId: null,
        basedOnMessageId: conversation.lastInboundMessageId,
        subject: 'Re: Hi',
        body: 'Approved text',
        diff: [],
        approvedBy: agent.userId,
      }),
      { organizationId: agent.organizationId },
    )
  const path = `/conversations/${conversation.id}/messages`
  return { agent, write, approve, conversation, path, newest: async () => (await agent.get(path)).body.items[0] }
}

it('refuses a reply that has not seen the newest message, unless forced', async () => {
  const { agent, write, conversation, path, newest } = await conversationOf('stale')
  await write('second')
  const seen = { text: 'old news', answersMessageId: conversation.lastInboundMessageId }
  const refused = await agent.post(path, seen)
  expect(refused).toMatchObject({ status: 409, body: { code: 'messaging.message.newer_inbound', context: { newestMessageId: (await newest()).id } } })
  expect((await agent.post(path, { ...seen, force: true })).status).toBe(202)
})

it('does not count a holiday notice as news', async () => {
  const { agent, write, conversation, path } = await conversationOf('holiday')
  await write('notice', 'Auto-Submitted: auto-replied\r\n')
  expect((await agent.post(path, { text: 'fine', answersMessageId: conversation.lastInboundMessageId })).status).toBe(202)
})

it('queues an approved draft once, however often the approval is delivered', async () => {
  const { agent, approve, newest, path } = await conversationOf('approved')
  const draftId = id()
  await approve(draftId)
  await approve(draftId)
  expect(await newest()).toMatchObject({ state: 'queued', draftId, authorId: agent.userId, text: 'Approved text' })
  expect((await agent.get(path)).body.items).toHaveLength(2)
  expect(await messaging.emitted(messageQueued, agent.organizationId)).toHaveLength(1)
})

it('holds an approved draft when the customer has written again, until a person decides', async () => {
  const { agent, write, approve, newest } = await conversationOf('held')
  await write('second')
  const newer = await newest()
  await approve(id())
  const held = await newest()
  expect(held).toMatchObject({ state: 'held', reason: expect.any(String) })
  expect(await messaging.emitted(messageHeld, agent.organizationId)).toMatchObject([{ data: { newerMessageId: newer.id } }])
  expect((await agent.post(`/messages/${held.id}/resolve`, { decision: 'treat-as-sent' })).status).toBe(409)
  expect((await agent.post(`/messages/${held.id}/resolve`, { decision: 'discard' })).body.state).toBe('cancelled')
})

it('holds a queued reply when the customer writes before it leaves', async () => {
  const { agent, write, approve, newest } = await conversationOf('overtaken')
  await approve(id())
  const queued = await newest()
  await write('second')
  await messaging.database.asAdmin(`update messaging.delivery set next_attempt_at = now() where message_id = '${queued.id}'`)
  await attemptDelivery(ctx(agent.organizationId), { messageId: queued.id })
  const messages = (await agent.get(`/conversations/${queued.conversationId}/messages`)).body.items
  expect(messages.find(({ id: each }: { id: string }) => each === queued.id)).toMatchObject({ state: 'held', attempts: 0 })
})

it('takes a reply back while it is queued, and not afterwards', async () => {
  const { agent, approve, newest } = await conversationOf('cancelled')
  await approve(id())
  const queued = await newest()
  expect((await agent.post(`/messages/${queued.id}/cancel`)).body).toMatchObject({ state: 'cancelled', sendAfter: null })
  expect(await messaging.emitted(messageCancelled, agent.organizationId)).toHaveLength(1)
  expect((await agent.post(`/messages/${queued.id}/cancel`)).body).toMatchObject({ code: 'messaging.message.cannot_cancel', context: { state: 'cancelled' } })
})
