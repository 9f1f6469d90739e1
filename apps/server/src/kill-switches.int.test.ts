import { connect } from 'node:net'
import { API_PREFIX } from '@ai-crm/contracts'
import { signUp, startService } from '@ai-crm/testing'
import { startFakeMailWorld } from '@ai-crm/testing/fakes/mail-world'
import { startFakeOpenAi } from '@ai-crm/testing/fakes/openai-server'
import { startWebhookReceiver } from '@ai-crm/testing/fakes/webhook-receiver'
import { freePort } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { loadServices } from './catalog.ts'

const [auth, crm, messaging, ai, webhook] = await loadServices(['auth', 'crm', 'messaging', 'ai', 'webhook'])
if (!auth || !crm || !messaging || !ai || !webhook) throw new Error('A service is missing.')
const [world, model, receiver, smtpPort] = await Promise.all([startFakeMailWorld(), startFakeOpenAi(), startWebhookReceiver(), freePort()])
const product = await startService(auth, {
  together: [crm, messaging, ai, webhook],
  environment: {
    OPERATOR_EMAILS: 'operator@example.org',
    SMTP_PORT: String(smtpPort),
    SEND_UNDO_SECONDS: '0',
    SMTP_RELAY_URL: world.url,
    AI_BASE_URL: model.url,
    EGRESS_ALLOWED_HOSTS: '127.0.0.1',
  },
})
afterAll(() => Promise.all([world.stop(), model.close(), receiver.close()]))

interface Answer {
  readonly status: number
  // Tests look at what really came.
  // oxlint-disable-next-line no-explicit-any
  readonly body: any
}
type Method = 'GET' | 'POST' | 'PUT'

async function ask(token: string, method: Method, path: string, payload?: object, version = 0): Promise<Answer> {
  const answer = await product.app.inject({
    method,
    url: API_PREFIX + path,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID(), 'if-match': `"${version}"` },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}

let people = 0
async function organization(email = `owner${++people}@example.org`) {
  const { accessToken: token } = await signUp(product, { organizationName: `Switches ${people}`, name: 'Ada', email, password: 'correct horse battery' })
  await product.settle()
  const address: string = (await ask(token, 'GET', '/channels')).body.items[0].address
  return {
    token,
    /** A customer writes; answers the conversation. */
    async hear(text: string) {
      const from = `customer-${crypto.randomUUID()}@example.org`
      await sendMail(from, address, text)
      let found: { id: string; lastInboundMessageId: string } | undefined
      await expect
        .poll(
          async () => (found = (await ask(token, 'GET', '/conversations?folder=all')).body.items.find((each: Answer['body']) => each.party.address === from)),
        )
        .toBeDefined()
      if (!found) throw new Error('The message did not arrive.')
      return found
    },
    switch: (flag: string, isOn: boolean | null) => ask(token, 'PUT', `/flags/${flag}`, { isOn }),
    reply: (conversation: { id: string; lastInboundMessageId: string }, text: string) =>
      ask(token, 'POST', `/conversations/${conversation.id}/messages`, { text, answersMessageId: conversation.lastInboundMessageId }),
    stateOf: async (conversation: { id: string }, text: string) =>
      (await ask(token, 'GET', `/conversations/${conversation.id}/messages`)).body.items.find((each: Answer['body']) => each.text === text)?.state,
    drafts: async (conversation: { id: string }) => (await ask(token, 'GET', `/drafts?conversationId=${conversation.id}`)).body.items,
  }
}

const operator = await organization('operator@example.org')

async function decide(flag: string, isKilled: boolean): Promise<void> {
  const flags = (await ask(operator.token, 'GET', '/installation/flags')).body.items
  const { version } = flags.find(({ key }: { key: string }) => key === flag)
  const answer = await ask(operator.token, 'PUT', `/installation/flags/${flag}`, { isKilled, percentage: null, reason: 'A test' }, version)
  expect(answer.status).toBe(200)
  await heard()
}

/** This process has heard of every change. */
async function heard(): Promise<void> {
  const [row] = await product.database.asAdmin('select version::int from auth.flag_version')
  await expect.poll(() => product.publicCtx().flags.version).toBe(row?.['version'])
}

const arrived = (text: string) => world.mails.filter(({ source }) => source.includes(text)).length
const called = (conversationId: string) => receiver.calls.filter(({ body }) => body.includes(conversationId)).length

beforeAll(() => ask(operator.token, 'POST', '/webhooks', { url: receiver.url, eventTypes: ['message.received'] }))
beforeEach(() => product.settle())

it('lets nothing leave while sends are killed: replies wait, in sight, and leave once when it is over', async () => {
  const conversation = await operator.hear('What is the price?')
  await decide('outbound-sends', true)
  expect((await operator.reply(conversation, 'Sent while killed')).status).toBe(202)
  await operator.reply(conversation, 'Taken back while killed')
  const taken = (await ask(operator.token, 'GET', `/conversations/${conversation.id}/messages`)).body.items.find(
    (each: Answer['body']) => each.text === 'Taken back while killed',
  )
  expect((await ask(operator.token, 'POST', `/messages/${taken.id}/cancel`)).status).toBe(200)
  // Work that began later and takes longer is done meanwhile.
  const later = await operator.hear('And the engine?')
  await expect.poll(async () => (await operator.drafts(later))[0]?.status, { timeout: 10_000 }).toBe('waiting')
  expect([arrived('Sent while killed'), await operator.stateOf(conversation, 'Sent while killed')]).toEqual([0, 'queued'])
  await decide('outbound-sends', false)
  await expect.poll(() => operator.stateOf(conversation, 'Sent while killed'), { timeout: 10_000 }).toBe('sent')
  await product.settle()
  expect([arrived('Sent while killed'), arrived('Taken back while killed')]).toEqual([1, 0])
})

it('lets the replies of an organisation that paused them wait, and those of another leave', async () => {
  const [paused, other] = [await organization(), await organization()]
  const [held, free] = [await paused.hear('Hello'), await other.hear('Hello')]
  expect((await paused.switch('outbound-sends', false)).status).toBe(200)
  await heard()
  await paused.reply(held, 'From the paused one')
  await other.reply(free, 'From the other one')
  await expect.poll(() => arrived('From the other one'), { timeout: 10_000 }).toBe(1)
  await product.settle()
  expect([arrived('From the paused one'), await paused.stateOf(held, 'From the paused one')]).toEqual([0, 'queued'])
  await paused.switch('outbound-sends', null)
  await expect.poll(() => arrived('From the paused one'), { timeout: 10_000 }).toBe(1)
})

it('sends links that people wait for while sends to customers are killed', async () => {
  await decide('outbound-sends', true)
  const asked = await product.app.inject({ method: 'POST', url: `${API_PREFIX}/auth/password/forgot`, payload: { email: 'operator@example.org' } })
  expect(asked.statusCode).toBe(202)
  await expect.poll(() => world.mails.filter(({ to }) => to.includes('operator@example.org')).length, { timeout: 10_000 }).toBeGreaterThan(0)
  await decide('outbound-sends', false)
})

it('asks no model and writes no draft while drafts are killed, and says so to who asks for one', async () => {
  await decide('ai-drafts', true)
  const prompts = model.prompts.length
  const conversation = await operator.hear('Do you deliver?')
  await product.settle()
  expect(await operator.drafts(conversation)).toEqual([])
  expect(await ask(operator.token, 'POST', `/conversations/${conversation.id}/drafts`, {})).toMatchObject({
    status: 409,
    body: { code: 'ai.draft.switched_off' },
  })
  expect(model.prompts.length).toBe(prompts)
  await decide('ai-drafts', false)
  expect((await ask(operator.token, 'POST', `/conversations/${conversation.id}/drafts`, {})).status).toBe(202)
  await product.settle()
  expect(await operator.drafts(conversation)).toMatchObject([{ status: 'waiting', provider: 'openai-compatible' }])
})

it('ends a draft that the model was writing when drafts were killed: nobody sees its text', async () => {
  model.answerWith({ text: 'Dear customer, this text must not be seen by anybody.', chunkEveryMs: 150 })
  const prompts = model.prompts.length
  const conversation = await operator.hear('And for business customers?')
  await expect.poll(() => model.prompts.length).toBeGreaterThan(prompts)
  await decide('ai-drafts', true)
  await expect.poll(async () => (await operator.drafts(conversation))[0]?.status, { timeout: 15_000 }).toBe('failed')
  expect((await operator.drafts(conversation))[0]).toMatchObject({ body: '', reason: expect.stringContaining('switched off') })
  await decide('ai-drafts', false)
  model.answerWith({ text: 'Hello, thank you for your message.' })
})

it('calls no webhook while they are killed, and tells everything once afterwards', async () => {
  await decide('webhooks', true)
  const conversation = await operator.hear('Are you there?')
  const deliveries = async () => product.database.asAdmin(`select state from webhook.delivery where payload like '%${conversation.id}%'`)
  await expect.poll(deliveries).toMatchObject([{ state: 'pending' }])
  expect(called(conversation.id)).toBe(0)
  await decide('webhooks', false)
  await expect.poll(() => called(conversation.id), { timeout: 10_000 }).toBe(1)
  await product.settle()
  expect(await deliveries()).toEqual([{ state: 'delivered' }])
})

/** A customer's message by SMTP, one line at a time. */
function sendMail(from: string, to: string, text: string): Promise<void> {
  const message = `From: Anna <${from}>\r\nSubject: Question\r\nMessage-ID: <${crypto.randomUUID()}@example.org>\r\n\r\n${text}\r\n.`
  const lines = ['EHLO test', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', message, 'QUIT']
  return new Promise((resolve, reject) => {
    const socket = connect(smtpPort, '127.0.0.1')
    socket.on('data', (chunk) => {
      if (/^[45]/.test(String(chunk))) reject(new Error(String(chunk)))
      // The last line of an answer has a space after its code (RFC 5321 4.2.1).
      if (/^\d{3} .*\r\n$/m.test(String(chunk))) socket.write(`${lines.shift() ?? ''}\r\n`)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
}
