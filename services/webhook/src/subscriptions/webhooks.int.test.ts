import { webhookCreated, webhookDeleted, webhookSecretRotated, webhookUpdated } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { startWebhookFixture } from '../testing/webhook-fixture.ts'
import { openSecret } from './secret.ts'

const { webhook, ctx, subscribe } = await startWebhookFixture()
const input = { url: 'https://hooks.example.com/crm', description: 'Our shop', eventTypes: ['contact.created', 'contact.created', 'message.received'] }

it('creates a webhook, shows its secret once and tells it nobody else', async () => {
  const agent = await webhook.signIn()
  const { status, body } = await agent.post('/webhooks', input)
  expect(status).toBe(201)
  expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(body.webhook).toMatchObject({ url: input.url, isEnabled: true, eventTypes: ['contact.created', 'message.received'], disabledReason: null, version: 1 })
  expect((await agent.get(`/webhooks/${body.webhook.id}`)).body).toEqual(body.webhook)
  expect((await agent.get('/webhooks')).body.items).toEqual([body.webhook])
  const events = await webhook.emitted(webhookCreated, agent.organizationId)
  expect(events).toMatchObject([{ data: { webhookId: body.webhook.id, url: input.url } }])
  expect(JSON.stringify(events)).not.toContain(body.secret)
  const stored = await webhook.database.asAdmin(`select * from webhook.subscription s, webhook.idempotency_key k where s.id = '${body.webhook.id}'`)
  expect(JSON.stringify(stored)).not.toContain(body.secret)
})

it('seals the secret to its row and organisation: a copy elsewhere does not open', async () => {
  const { agent, webhookId, secret } = await subscribe('https://hooks.example.com/sealed')
  const [row] = await webhook.database.asAdmin(`select sealed_secret from webhook.subscription where id = '${webhookId}'`)
  const sealed = row?.['sealed_secret']
  if (!Buffer.isBuffer(sealed)) throw new Error('There is no sealed secret.')
  expect(openSecret(ctx(agent.organizationId), webhookId, sealed)).toBe(secret)
  expect(() => openSecret(ctx(agent.organizationId), crypto.randomUUID(), sealed)).toThrow()
  expect(() => openSecret(ctx(crypto.randomUUID()), webhookId, sealed)).toThrow()
})

it.each([
  ['http://hooks.example.com/', '/url'],
  ['https://127.0.0.2/', '/url'],
  ['https://[::1]/', '/url'],
  ['https://2130706434/', '/url'],
  ['https://169.254.169.254/latest', '/url'],
  ['https://user:word@hooks.example.com/', '/url'],
  ['https://hooks.example.com:8443/', '/url'],
  ['ftp://hooks.example.com/', '/url'],
  ['no address', '/url'],
])('refuses %s at once and names the field', async (url, field) => {
  const agent = await webhook.signIn()
  const { status, body } = await agent.post('/webhooks', { ...input, url })
  expect([status, body.errors?.[0]?.field ?? body.fields?.[0]?.field]).toEqual([422, field])
})

it('refuses events that are not public', async () => {
  const agent = await webhook.signIn()
  for (const type of ['session.revoked', 'system-mail.requested', 'ai.note.created', 'no.such.event'])
    expect((await agent.post('/webhooks', { ...input, eventTypes: [type] })).status).toBe(422)
})

it('keeps one webhook per address, and twenty at most, also when they come at once', async () => {
  const agent = await webhook.signIn()
  const twice = await Promise.all([agent.post('/webhooks', input), agent.post('/webhooks', input)])
  expect(twice.map(({ status }) => status).toSorted()).toEqual([201, 409])
  const many = await Promise.all(Array.from({ length: 22 }, (_, index) => agent.post('/webhooks', { ...input, url: `https://hooks.example.com/${index}` })))
  expect(many.filter(({ status }) => status === 201)).toHaveLength(19)
  expect(many.find(({ status }) => status === 409)?.body.code).toBe('webhook.subscription.too_many')
})

it('changes a webhook by version, and says what changed', async () => {
  const { agent, webhookId } = await subscribe('https://hooks.example.com/changing')
  const path = `/webhooks/${webhookId}`
  const off = await agent.patch(path, { isEnabled: false, description: 'Off' }, { version: 1 })
  expect(off.body).toMatchObject({ isEnabled: false, disabledReason: 'person', version: 2 })
  expect((await agent.patch(path, { description: 'Late' }, { version: 1 })).status).toBe(409)
  expect((await agent.post(`${path}/ping`)).body.code).toBe('webhook.subscription.switched_off')
  expect((await agent.patch(path, { isEnabled: true }, { version: 2 })).body).toMatchObject({ isEnabled: true, disabledReason: null })
  expect(await webhook.emitted(webhookUpdated, agent.organizationId)).toMatchObject([
    { data: { changes: { isEnabled: { from: true, to: false }, description: { from: '', to: 'Off' } } } },
    { data: { changes: { isEnabled: { from: false, to: true } } } },
  ])
})

it('rotates the secret, once per version', async () => {
  const { agent, webhookId, secret } = await subscribe('https://hooks.example.com/rotating')
  const path = `/webhooks/${webhookId}/rotate-secret`
  const first = await agent.post(path, undefined, { 'if-match': '"1"' })
  expect(first.body.secret).not.toBe(secret)
  expect(first.body.webhook).toMatchObject({ version: 2, previousSecretUntil: expect.any(String) })
  expect((await agent.post(path, undefined, { 'if-match': '"1"' })).status).toBe(409)
  expect(await webhook.emitted(webhookSecretRotated, agent.organizationId)).toHaveLength(1)
})

it('sends nothing to another address, and shows no secret, by a proof of an hour ago; a key that may goes on', async () => {
  const { agent, webhookId } = await subscribe('https://hooks.example.com/known')
  const { organizationId } = agent
  const stale = await webhook.signIn({ organizationId, authenticatedAtMs: Date.now() - 3_600_000 })
  const key = await webhook.signIn({ organizationId, agent: { type: 'api-key', id: crypto.randomUUID() } })
  const path = `/webhooks/${webhookId}`
  const elsewhere = { url: 'https://elsewhere.example.com/' }
  const asks = (who: typeof agent, version: number) => [
    () => who.post('/webhooks', { ...input, url: `https://elsewhere.example.com/${version}` }),
    () => who.patch(path, { ...elsewhere, description: 'Mine' }, { version }),
    () => who.post(`${path}/rotate-secret`, undefined, { 'if-match': `"${version + 1}"` }),
  ]
  for (const ask of asks(stale, 1)) expect(await ask()).toMatchObject({ status: 403, body: { code: 'auth.step_up_needed' } })
  expect((await stale.patch(path, { url: 'https://hooks.example.com/known', description: 'Ours', isEnabled: false }, { version: 1 })).status).toBe(200)
  expect((await agent.get(path)).body).toMatchObject({ url: 'https://hooks.example.com/known', description: 'Ours', version: 2 })
  for (const ask of asks(key, 2)) expect((await ask()).status).toBeLessThan(300)
})

it('deletes a webhook for everybody', async () => {
  const { agent, webhookId } = await subscribe('https://hooks.example.com/going')
  expect((await agent.delete(`/webhooks/${webhookId}`)).status).toBe(204)
  expect((await agent.get(`/webhooks/${webhookId}`)).status).toBe(404)
  expect((await agent.get(`/webhooks/${webhookId}/deliveries`)).status).toBe(404)
  expect(await webhook.emitted(webhookDeleted, agent.organizationId)).toHaveLength(1)
  await webhook.settle()
  expect(await webhook.database.asAdmin(`select id from webhook.subscription where id = '${webhookId}'`)).toEqual([])
})

it('is not there for another organisation', async () => {
  const { webhookId } = await subscribe('https://hooks.example.com/ours')
  const theirs = await webhook.signIn()
  const path = `/webhooks/${webhookId}`
  expect((await theirs.get('/webhooks')).body.items).toEqual([])
  const answers = await Promise.all([
    theirs.get(path),
    theirs.patch(path, { isEnabled: false }, { version: 1 }),
    theirs.delete(path),
    theirs.post(`${path}/rotate-secret`, undefined, { 'if-match': '"1"' }),
    theirs.post(`${path}/ping`),
    theirs.get(`${path}/deliveries`),
    theirs.post(`${path}/redeliver-failed`, { since: new Date(0).toISOString() }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404])
})

it.each(['member', 'viewer'] as const)('needs the permissions: a %s sees and changes nothing', async (role) => {
  const { agent, webhookId } = await subscribe('https://hooks.example.com/secretive')
  const other = await webhook.signIn({ role, organizationId: agent.organizationId })
  const path = `/webhooks/${webhookId}`
  const answers = await Promise.all([
    other.get('/webhooks'),
    other.get(path),
    other.get(`${path}/deliveries`),
    other.get(`/webhook-deliveries/${crypto.randomUUID()}`),
    other.post('/webhooks', input),
    other.patch(path, { isEnabled: false }, { version: 1 }),
    other.delete(path),
    other.post(`${path}/rotate-secret`, undefined, { 'if-match': '"1"' }),
    other.post(`${path}/ping`),
    other.post(`${path}/redeliver-failed`, { since: new Date(0).toISOString() }),
    other.post(`/webhook-deliveries/${crypto.randomUUID()}/redeliver`),
  ])
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
})
