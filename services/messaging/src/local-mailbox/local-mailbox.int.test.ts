import { expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'

const { messaging, organization, send } = await startMailFixture()

it("keeps replies while no relay is configured, and brings the customer's answer into the same conversation", async () => {
  const { agent, address } = await organization('local')
  await send({ from: 'Ада <ada@example.org>', to: address, subject: 'Цена', text: 'Сколько стоит?' })
  const [conversation] = (await agent.get('/conversations')).body.items
  const path = `/conversations/${conversation.id}/messages`
  const { body: reply } = await agent.post(path, { text: 'Десять евро.', answersMessageId: conversation.lastInboundMessageId })
  await messaging.settle()

  const {
    items: [mail],
  } = (await agent.get('/local-mailbox')).body
  expect(mail).toMatchObject({
    messageId: reply.id,
    conversationId: conversation.id,
    from: address,
    to: ['ada@example.org'],
    subject: 'Re: Цена',
    text: 'Десять евро.',
  })
  expect((await agent.post(`/local-mailbox/${mail.id}/answer`, { text: 'Беру!' })).status).toBe(202)
  await messaging.settle()

  const { items } = (await agent.get(path)).body
  expect(items).toMatchObject([
    { direction: 'inbound', state: 'received', text: 'Беру!', quotedText: expect.stringContaining('Десять евро.') },
    { direction: 'outbound', state: 'sent', text: 'Десять евро.' },
    { direction: 'inbound', text: 'Сколько стоит?' },
  ])
  const [channel] = (await agent.get('/channels')).body.items
  expect(channel).toMatchObject({ transport: 'local-mailbox', relayHost: null, health: { status: 'ok', lastOutboundAt: expect.any(String) } })
})
