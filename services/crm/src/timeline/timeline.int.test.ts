import { aiDraftGenerated, contactCreated, conversationLinked, messageReceived, messageSent, type Actor } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
const customer: Actor = { type: 'contact', id: null }
const RECEIVED_AT = '2026-11-20T10:00:00.000Z'

const received = (
  conversationId: string,
  from: { address: string; name: string | null } = { address: 'Ivan@Example.org', name: 'Иван' },
  text = 'Здравствуйте',
) =>
  messageReceived({
    messageId: crypto.randomUUID(),
    conversationId,
    channel: 'email',
    contactId: null,
    from,
    subject: 'Вопрос',
    text,
    language: 'ru',
    isAutoReply: false,
    attachmentCount: 0,
    flags: [],
    receivedAt: RECEIVED_AT,
  })

const drafted = (conversationId: string) =>
  aiDraftGenerated({
    draftId: crypto.randomUUID(),
    conversationId,
    contactId: null,
    basedOnMessageId: crypto.randomUUID(),
    subject: 'Re',
    body: 'Добрый день',
    language: 'ru',
    provider: 'local',
    model: 'local',
    sources: [],
  })

async function contactsOf(agent: Agent) {
  return (await agent.get('/contacts')).body.items
}
async function storyOf(agent: Agent, contactId: string) {
  return (await agent.get(`/contacts/${contactId}/timeline`)).body.items
}

it('makes a contact of whoever writes in, and begins their story', async () => {
  const agent = await crm.signIn()
  const conversationId = crypto.randomUUID()
  await crm.deliver(received(conversationId), { organizationId: agent.organizationId, actor: customer })
  await crm.settle()
  const [contact] = await contactsOf(agent)
  expect(contact).toMatchObject({ name: 'Иван', email: 'ivan@example.org', source: 'message', lastActivityAt: RECEIVED_AT, version: 1 })
  expect(await crm.emitted(contactCreated, agent.organizationId)).toMatchObject([{ data: { source: 'message' }, actor: customer }])
  const story = await storyOf(agent, contact.id)
  expect(story.map((entry: { type: string }) => entry.type).toSorted()).toEqual(['contact.created', 'message.received'])
  const message = story.find((entry: { type: string }) => entry.type === 'message.received')
  expect(message).toMatchObject({ conversationId, excerpt: 'Здравствуйте', actor: customer, data: { subject: 'Вопрос' } })
  expect(message.data).not.toHaveProperty('text')
})

it('knows the sender again, also when they were typed in, and does not rename them', async () => {
  const agent = await crm.signIn()
  const { body } = await agent.post('/contacts', { name: 'Ivan from Acme', email: 'ivan@example.org' })
  for (let message = 0; message < 3; message++) await crm.deliver(received(crypto.randomUUID()), { organizationId: agent.organizationId, actor: customer })
  expect(await contactsOf(agent)).toMatchObject([{ id: body.id, name: 'Ivan from Acme', source: 'manual', version: 1 }])
})

it('makes one contact of a sender whose messages arrive at the same time', async () => {
  const agent = await crm.signIn()
  const events = Array.from({ length: 10 }, () => received(crypto.randomUUID()))
  await Promise.all(events.map((event) => crm.deliver(event, { organizationId: agent.organizationId, actor: customer })))
  await crm.settle()
  const contacts = await contactsOf(agent)
  expect(contacts).toHaveLength(1)
  expect(await storyOf(agent, contacts[0].id)).toHaveLength(11)
})

it('tells an event once, however often it is delivered', async () => {
  const agent = await crm.signIn()
  const event = received(crypto.randomUUID())
  const meta = { organizationId: agent.organizationId, actor: customer, id: crypto.randomUUID() }
  await crm.deliver(event, meta)
  await crm.deliver(event, meta)
  await crm.settle()
  const [contact] = await contactsOf(agent)
  expect(await storyOf(agent, contact.id)).toHaveLength(2)
})

it('makes a new contact of somebody who writes again after they were deleted', async () => {
  const agent = await crm.signIn()
  const conversationId = crypto.randomUUID()
  await crm.deliver(received(conversationId), { organizationId: agent.organizationId, actor: customer })
  const [first] = await contactsOf(agent)
  await agent.delete(`/contacts/${first.id}`)
  await crm.deliver(received(conversationId), { organizationId: agent.organizationId, actor: customer, aggregateVersion: 2 })
  await crm.settle()
  const [second] = await contactsOf(agent)
  expect(second.id).not.toBe(first.id)
  // The conversation goes on with the new contact, with all that was said before.
  const types = (await storyOf(agent, second.id)).map((entry: { type: string }) => entry.type)
  expect(types.filter((type: string) => type === 'message.received')).toHaveLength(2)
})

it('attaches what was told of a conversation before its contact was known', async () => {
  const agent = await crm.signIn()
  const { body: contact } = await agent.post('/contacts', { name: 'Ada' })
  const conversationId = crypto.randomUUID()
  const meta = { organizationId: agent.organizationId }
  await crm.deliver(received(conversationId, { address: '<>', name: null }, 'Delivery failed'), meta)
  await crm.deliver(drafted(conversationId), meta)
  expect((await storyOf(agent, contact.id)).map((entry: { type: string }) => entry.type)).not.toContain('message.received')
  await crm.deliver(conversationLinked({ conversationId, contactId: contact.id }), { ...meta, aggregateVersion: 2 })
  await crm.settle()
  const types = (await storyOf(agent, contact.id)).map((entry: { type: string }) => entry.type)
  expect(types.toSorted()).toEqual(['ai.draft.generated', 'contact.created', 'message.received'])
})

it('misses no draft that arrives while its conversation is linked', async () => {
  const agent = await crm.signIn()
  const { body: contact } = await agent.post('/contacts', { name: 'Ada' })
  const meta = { organizationId: agent.organizationId }
  for (let round = 0; round < 15; round++) {
    const conversationId = crypto.randomUUID()
    await Promise.all([
      crm.deliver(drafted(conversationId), meta),
      crm.deliver(conversationLinked({ conversationId, contactId: contact.id }), meta),
      crm.deliver(drafted(conversationId), meta),
    ])
  }
  const [row] = await crm.database.asAdmin(`select count(*) from crm.timeline_entry
    where organization_id = '${agent.organizationId}' and contact_id is null`)
  expect(row).toEqual({ count: '0' })
})

it('remembers the newest activity, whatever order the news comes in', async () => {
  const agent = await crm.signIn()
  const conversationId = crypto.randomUUID()
  const meta = { organizationId: agent.organizationId }
  await crm.deliver(received(conversationId), meta)
  const [contact] = await contactsOf(agent)
  const sent = (sentAt: string) =>
    messageSent({
      messageId: crypto.randomUUID(),
      conversationId,
      contactId: contact.id,
      draftId: null,
      to: { address: 'ivan@example.org', name: null },
      subject: 'Re',
      text: 'Да',
      authorId: agent.userId,
      rfcMessageId: '<1@example.org>',
      sentAt,
      response: '250 OK',
    })
  await crm.deliver(sent('2026-11-21T10:00:00.000Z'), { ...meta, aggregateVersion: 2 })
  await crm.deliver(sent('2026-11-19T10:00:00.000Z'), { ...meta, aggregateVersion: 3 })
  expect((await contactsOf(agent))[0].lastActivityAt).toBe('2026-11-21T10:00:00.000Z')
})

it('pages through a story without a gap or a repeat, newest first', async () => {
  const agent = await crm.signIn()
  const conversationId = crypto.randomUUID()
  for (let version = 1; version <= 7; version++)
    await crm.deliver(received(conversationId), { organizationId: agent.organizationId, aggregateVersion: version })
  await crm.settle()
  const [contact] = await contactsOf(agent)
  const whole = await storyOf(agent, contact.id)
  const paged: unknown[] = []
  for (let cursor = ''; ;) {
    const { body } = await agent.get(`/contacts/${contact.id}/timeline?limit=3${cursor}`)
    paged.push(...body.items)
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  expect(paged).toEqual(whole)
  const times = whole.map((entry: { occurredAt: string }) => entry.occurredAt)
  expect(times).toEqual(times.toSorted().toReversed())
})

it('leaves a conversation with whom it is with when somebody else writes in it', async () => {
  const agent = await crm.signIn()
  const conversationId = crypto.randomUUID()
  await crm.deliver(received(conversationId), { organizationId: agent.organizationId, actor: customer })
  const [ivan] = await contactsOf(agent)
  const fromColleague = { ...received(conversationId, { address: 'boss@example.org', name: 'Boss' }) }
  await crm.deliver({ ...fromColleague, data: { ...fromColleague.data, contactId: ivan.id } }, { organizationId: agent.organizationId, actor: customer })
  await crm.settle()
  const boss = (await contactsOf(agent)).find(({ name }: { name: string }) => name === 'Boss')
  expect((await storyOf(agent, ivan.id)).map((entry: { type: string }) => entry.type).toSorted()).toEqual([
    'contact.created',
    'message.received',
    'message.received',
  ])
  expect((await storyOf(agent, boss.id)).map((entry: { type: string }) => entry.type)).toEqual(['contact.created'])
})

it('forgets what comes late about somebody who was erased', async () => {
  const agent = await crm.signIn()
  const conversationId = crypto.randomUUID()
  await crm.database.asAdmin(
    `insert into crm.erased_aggregate (organization_id, id, erasure_id) values ('${agent.organizationId}', '${conversationId}', gen_random_uuid())`,
  )
  await crm.deliver(received(conversationId), { organizationId: agent.organizationId, actor: customer })
  await crm.settle()
  expect(await contactsOf(agent)).toEqual([])
  expect(await crm.database.asAdmin(`select 1 from crm.timeline_entry where conversation_id = '${conversationId}'`)).toEqual([])
})
