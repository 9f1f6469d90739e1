import { messageFailed, messageQueued, messageSent, messageUnconfirmed } from '@ai-crm/contracts'
import { startFakeMailWorld, type MailFailure } from '@ai-crm/testing/fakes/mail-world'
import { simpleParser } from 'mailparser'
import { afterAll, expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { recoverDelivery } from './recover-delivery.ts'
import { settleDelivery } from './settle-delivery.ts'

const world = await startFakeMailWorld()
afterAll(() => world.stop())
const {
  messaging,
  ctx: ctxOf,
  organization,
  sendRaw,
} = await startMailFixture({ SMTP_RELAY_URL: world.url, SEND_TIMEOUT_MS: '2000', SEND_MAX_ATTEMPTS: '3', SEND_RETRY_SECONDS: '2' })

/** A conversation with one mail of a customer, and a way to answer it. */
async function conversationOf(slug: string) {
  const { agent, address } = await organization(slug)
  await sendRaw(address, `From: "Ada L" <ada@example.org>\r\nMessage-ID: <first@${slug}>\r\nReferences: <zero@${slug}>\r\nSubject: Price?\r\n\r\nHow much?\r\n`)
  const [conversation] = (await agent.get('/conversations')).body.items
  const path = `/conversations/${conversation.id}/messages`
  return {
    agent,
    address,
    conversation,
    reply: (text: string) => agent.post(path, { text, answersMessageId: conversation.lastInboundMessageId }),
    newest: async () => (await agent.get(path)).body.items[0],
  }
}

/** Replies while the world fails so, and waits until the attempt is over. */
async function replyInto(slug: string, ...failures: MailFailure[]) {
  const talk = await conversationOf(slug)
  world.failNext(...failures)
  const { body, status } = await talk.reply('10 euro')
  expect(status).toBe(202)
  await messaging.settle()
  return { ...talk, messageId: body.id, rfcMessageId: body.rfcMessageId }
}

it('sends the stored bytes once, with threading headers and a Message-ID that was fixed before', async () => {
  const { agent, conversation, newest, messageId, rfcMessageId, address } = await replyInto('sent')

  expect(await newest()).toMatchObject({ id: messageId, state: 'sent', attempts: 1, rfcMessageId })
  expect(world.counts().get(rfcMessageId)).toBe(1)
  const mail = world.mails.find((each) => each.messageId === rfcMessageId)
  const stored = await agent.get(`/messages/${messageId}/source`)
  expect(stored.raw.toString('latin1').trimEnd()).toBe(mail?.source.trimEnd())
  expect(await simpleParser(mail?.source ?? '')).toMatchObject({
    subject: 'Re: Price?',
    inReplyTo: '<first@sent>',
    references: ['<zero@sent>', '<first@sent>'],
    from: { value: [{ address }] },
    text: '10 euro',
  })
  expect(rfcMessageId).toMatch(/^[a-z2-7]{32}@crm\.localhost$/)
  expect(await messaging.emitted(messageQueued, agent.organizationId)).toHaveLength(1)
  expect(await messaging.emitted(messageSent, agent.organizationId)).toMatchObject([{ data: { messageId, rfcMessageId, conversationId: conversation.id } }])
})

it('calls a message unknown when the answer is lost after the final dot, and never sends it again by itself', async () => {
  const { agent, newest, messageId, rfcMessageId } = await replyInto('lost', 'drop-after-dot')
  expect(await newest()).toMatchObject({ state: 'unknown', attempts: 1 })
  expect(await messaging.emitted(messageUnconfirmed, agent.organizationId)).toHaveLength(1)
  expect(world.counts().get(rfcMessageId)).toBe(1)

  const { body } = await agent.post(`/messages/${messageId}/resolve`, { decision: 'treat-as-sent' })
  expect(body.state).toBe('sent')
  await messaging.settle()
  expect(world.counts().get(rfcMessageId)).toBe(1)
})

it("calls a message unknown when nobody answers after the final dot, and sends it again only by a person's word, under the same Message-ID", async () => {
  const { agent, newest, messageId, rfcMessageId } = await replyInto('silent', 'silent-after-dot')
  expect(await newest()).toMatchObject({ state: 'unknown' })

  expect((await agent.post(`/messages/${messageId}/resolve`, { decision: 'send' })).body).toMatchObject({ state: 'queued', rfcMessageId })
  await messaging.settle()
  expect(await newest()).toMatchObject({ state: 'sent', attempts: 2 })
  expect(world.counts().get(rfcMessageId)).toBe(2)
})

it.each<MailFailure>(['defer-recipient', 'drop-at-recipient', 'defer-message'])('tries again after %s, which is certain non-delivery', async (failure) => {
  const { newest, rfcMessageId } = await replyInto(`again-${failure}`, failure)
  expect(await newest()).toMatchObject({ state: 'queued', attempts: 1, reason: expect.any(String), sendAfter: expect.any(String) })
  await expect.poll(async () => (await newest()).state, { timeout: 15_000 }).toBe('sent')
  expect(world.counts().get(rfcMessageId)).toBe(1)
})

it('gives up visibly after the last attempt', async () => {
  const { agent, newest } = await replyInto('giving-up', 'defer-message', 'defer-message', 'defer-message')
  await expect.poll(async () => (await newest()).state, { timeout: 10_000 }).toBe('failed')
  expect(await messaging.emitted(messageFailed, agent.organizationId)).toHaveLength(1)
})

it.each<MailFailure>(['refuse-recipient', 'refuse-message'])('fails at once after %s', async (failure) => {
  const { newest, rfcMessageId } = await replyInto(`failed-${failure}`, failure)
  expect(await newest()).toMatchObject({ state: 'failed', attempts: 1 })
  expect(world.counts().get(rfcMessageId)).toBeUndefined()
})

it('stops the mailbox, not the message, when the relay refuses the login', async () => {
  const { agent, newest } = await replyInto('locked-out', 'refuse-login')
  expect(await newest()).toMatchObject({ state: 'queued', attempts: 1 })
  const [channel] = (await agent.get('/channels')).body.items
  expect(channel).toMatchObject({ transport: 'relay', relayHost: '127.0.0.1', health: { status: 'failing', lastError: expect.stringContaining('535') } })
})

it('turns a claim whose holder died into unknown, and lets a late certain answer settle it', async () => {
  const { agent, newest, messageId, rfcMessageId } = await replyInto('died', 'defer-message')
  await messaging.database.asAdmin(
    `update messaging.delivery set state = 'sending', next_attempt_at = null, fence = fence + 1, lease_until = now() - interval '1 second' where message_id = '${messageId}'`,
  )
  const ctx = ctxOf(agent.organizationId)
  await recoverDelivery(ctx, { messageId, fence: 1 })
  expect((await newest()).state).toBe('sending')
  await recoverDelivery(ctx, { messageId, fence: 2 })
  expect((await newest()).state).toBe('unknown')
  const claim = { messageId, envelopeFrom: '', to: '', source: Buffer.alloc(0) }
  await settleDelivery(ctx, { ...claim, fence: 1 }, { kind: 'sent', response: 'of an older claim' })
  expect((await newest()).state).toBe('unknown')
  await settleDelivery(ctx, { ...claim, fence: 2 }, { kind: 'sent', response: '250 late' })
  expect((await newest()).state).toBe('sent')
  expect(world.counts().get(rfcMessageId)).toBeUndefined()
})

it('sends one message once when its job runs many times at once', async () => {
  const talk = await conversationOf('parallel')
  const { body } = await talk.reply('once please')
  await Promise.all(Array.from({ length: 5 }, () => attemptDelivery(ctxOf(talk.agent.organizationId), { messageId: body.id })))
  await messaging.settle()
  expect((await talk.newest()).state).toBe('sent')
  expect(world.counts().get(body.rfcMessageId)).toBe(1)
})

it('goes on at once after a restart in the middle of an attempt, without blaming the relay', async () => {
  const { agent, newest, messageId, rfcMessageId } = await replyInto('restarted', 'defer-message')
  await messaging.database.asAdmin(`update messaging.delivery set next_attempt_at = now() where message_id = '${messageId}'`)
  await attemptDelivery({ ...ctxOf(agent.organizationId), signal: AbortSignal.abort() }, { messageId })
  await expect.poll(async () => (await newest()).state, { timeout: 15_000 }).toBe('sent')
  expect(world.counts().get(rfcMessageId)).toBe(1)
  expect((await agent.get('/channels')).body.items).toMatchObject([{ health: { status: 'ok', lastError: null } }])
})
