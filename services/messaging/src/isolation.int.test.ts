import type { Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { startMailFixture } from './testing/mail-fixture.ts'

const { messaging, organization, send } = await startMailFixture({ SEND_UNDO_SECONDS: '0' })

const ours = await organization('ours')
const theirs = await organization('theirs')
await send({
  from: 'ada@example.org',
  to: ours.address,
  subject: 'secret',
  text: 'secret',
  html: '<b>secret</b>',
  attachments: [{ filename: 'a.txt', content: 'secret' }],
})
const [conversation] = (await ours.agent.get('/conversations')).body.items
const path = `/conversations/${conversation.id}`
const [message] = (await ours.agent.get(`${path}/messages`)).body.items
const sent = (await ours.agent.post(`${path}/messages`, { text: 'Answer', answersMessageId: message.id })).body
await messaging.settle()
const [localMail] = (await ours.agent.get('/local-mailbox')).body.items
const [channel] = (await ours.agent.get('/channels')).body.items

type Ids = { conversation: string; message: string; sent: string; attachment: string; channel: string; localMail: string }
const known: Ids = {
  conversation: conversation.id,
  message: message.id,
  sent: sent.id,
  attachment: message.attachments[0].id,
  channel: channel.id,
  localMail: localMail.id,
}
const unknown: Ids = {
  conversation: crypto.randomUUID(),
  message: crypto.randomUUID(),
  sent: crypto.randomUUID(),
  attachment: crypto.randomUUID(),
  channel: crypto.randomUUID(),
  localMail: crypto.randomUUID(),
}

/** Every route that takes an id. */
const ROUTES: Readonly<Record<string, (agent: Agent, ids: Ids) => ReturnType<Agent['get']>>> = {
  getConversation: (agent, ids) => agent.get(`/conversations/${ids.conversation}`),
  updateConversation: (agent, ids) => agent.patch(`/conversations/${ids.conversation}`, { status: 'closed' }, { version: 1 }),
  markConversationRead: (agent, ids) => agent.put(`/conversations/${ids.conversation}/read`, { isRead: true }),
  listMessages: (agent, ids) => agent.get(`/conversations/${ids.conversation}/messages`),
  sendReply: (agent, ids) => agent.post(`/conversations/${ids.conversation}/messages`, { text: 'x', answersMessageId: ids.message, force: true }),
  cancelMessage: (agent, ids) => agent.post(`/messages/${ids.sent}/cancel`),
  resolveMessage: (agent, ids) => agent.post(`/messages/${ids.sent}/resolve`, { decision: 'send' }),
  getMessageHtml: (agent, ids) => agent.get(`/messages/${ids.message}/html`),
  getRemoteImage: (agent, ids) => agent.get(`/messages/${ids.message}/images/0`),
  getMessageSource: (agent, ids) => agent.get(`/messages/${ids.message}/source`),
  getAttachment: (agent, ids) => agent.get(`/messages/${ids.message}/attachments/${ids.attachment}`),
  updateChannel: (agent, ids) => agent.patch(`/channels/${ids.channel}`, { name: 'x' }, { version: 1 }),
  answerLocalMail: (agent, ids) => agent.post(`/local-mailbox/${ids.localMail}/answer`, { text: 'x' }),
}

it.each(Object.entries(ROUTES))('%s answers for another organisation as for what does not exist', async (_name, ask) => {
  const foreign = await ask(theirs.agent, known)
  const missing = await ask(theirs.agent, unknown)
  expect(foreign.status).toBe(404)
  expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
  expect(foreign.raw.toString()).not.toContain('secret')
})

it('shows nothing of another organisation in lists and counts', async () => {
  for (const list of [
    '/conversations?folder=all',
    '/conversations?folder=all&search=secret',
    `/conversations?folder=all&contactId=${crypto.randomUUID()}`,
    '/local-mailbox',
  ])
    expect((await theirs.agent.get(list)).body.items).toEqual([])
  expect((await theirs.agent.get('/conversations/counts')).body).toEqual({ open: 0, mine: 0, unassigned: 0, snoozed: 0, closed: 0, unread: 0 })
  expect((await theirs.agent.get('/channels')).body.items).toMatchObject([{ address: theirs.address }])
})

it('a cursor of one organisation is none of another', async () => {
  await send({ from: 'bob@example.org', to: ours.address, subject: 'second', text: 'x' })
  const { nextCursor } = (await ours.agent.get('/conversations?limit=1')).body
  expect((await ours.agent.get(`/conversations?limit=1&cursor=${nextCursor}`)).status).toBe(200)
  expect((await theirs.agent.get(`/conversations?limit=1&cursor=${nextCursor}`)).status).toBe(400)
})

it.each(['updateConversation', 'sendReply', 'cancelMessage', 'resolveMessage', 'updateChannel', 'answerLocalMail'])('%s needs its permission', async (name) => {
  const viewer = await messaging.signIn({ role: 'viewer', organizationId: ours.agent.organizationId })
  expect((await ROUTES[name]?.(viewer, known))?.status).toBe(403)
})

it('the application can neither list nor change the address registry', async () => {
  const database = await messaging.database.open('messaging')
  await expect(database.read(null, { text: 'select * from messaging.inbound_address', values: [] })).rejects.toThrow(/permission denied/)
  await expect(database.batch(null, [{ text: `select messaging.claim_inbound_address('x@y.z', '${known.channel}')`, values: [] }])).rejects.toThrow(
    /inside an organisation/,
  )
})
