import { contactDeleted, webhookDisabled } from '@ai-crm/contracts'
import { startWebhookReceiver } from '@ai-crm/testing/fakes/webhook-receiver'
import { Webhook } from 'standardwebhooks'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, expect, it } from 'vitest'
import { startWebhookFixture } from '../testing/webhook-fixture.ts'

const { webhook, subscribe } = await startWebhookFixture()
const receivers: { close(): Promise<void> }[] = []
afterAll(() => Promise.all(receivers.map((each) => each.close())))

async function subscribed(...scripts: Parameters<Awaited<ReturnType<typeof startWebhookReceiver>>['next']>) {
  const receiver = await startWebhookReceiver()
  receivers.push(receiver)
  receiver.next(...scripts)
  return { receiver, ...(await subscribe(receiver.url)) }
}
const headersOf = (headers: Record<string, unknown>) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

it('tells a public event once, in the public form, with a signature that the official library accepts', async () => {
  const { receiver, agent, secret, happen, deliveries } = await subscribed()
  const contactId = uuidV7()
  const id = uuidV7()
  await happen(contactDeleted({ contactId }), id)
  await happen(contactDeleted({ contactId }), id)
  await webhook.settle()
  expect(receiver.calls).toHaveLength(1)
  const [call] = receiver.calls
  const event = new Webhook(secret).verify(call?.body ?? '', headersOf(call?.headers ?? {}))
  expect(event).toEqual({ id, type: 'contact.deleted', version: 1, occurredAt: expect.any(String), organizationId: agent.organizationId, data: { contactId } })
  expect(() => new Webhook(secret).verify(`${call?.body} `, headersOf(call?.headers ?? {}))).toThrow()
  const [delivery] = await deliveries()
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 204, messageId: call?.headers['webhook-id'] })
})

it('signs with both secrets during a rotation', async () => {
  const { receiver, agent, webhookId, secret, happen } = await subscribed()
  const { body } = await agent.post(`/webhooks/${webhookId}/rotate-secret`, undefined, { 'if-match': '"1"' })
  await happen()
  await webhook.settle()
  for (const valid of [secret, body.secret])
    expect(new Webhook(valid).verify(receiver.calls[0]?.body ?? '', headersOf(receiver.calls[0]?.headers ?? {}))).toBeTruthy()
})

it('tries again after failures of every kind, with the same id and bytes, and logs each attempt', async () => {
  const { receiver, agent, happen, deliveries, makeDue } = await subscribed(
    { status: 500, body: 'oh\u0000 no' },
    'drop',
    { status: 307, headers: { location: 'http://127.0.0.1:1/' } },
    404,
  )
  await happen()
  await webhook.settle()
  for (let round = 0; round < 4; round += 1) await makeDue()
  const [delivery] = await deliveries()
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 5, failure: null })
  const { body } = await agent.get(`/webhook-deliveries/${delivery.id}`)
  expect(body.attemptLog.map(({ status, failure }: Record<string, unknown>) => [status, failure])).toEqual([
    [204, null],
    [404, 'status'],
    [307, 'status'],
    [null, 'connect'],
    [500, 'status'],
  ])
  expect(body.attemptLog.at(-1).excerpt).toBe('oh no')
  expect(new Set(receiver.calls.map((call) => `${call.headers['webhook-id']} ${call.body}`)).size).toBe(1)
})

it('waits as long as the receiver asks', async () => {
  const { happen, deliveries } = await subscribed({ status: 429, headers: { 'retry-after': '7200' } })
  const before = Date.now()
  await happen()
  await webhook.settle()
  const [delivery] = await deliveries('?state=waiting')
  expect(Date.parse(delivery.nextAttemptAt)).toBeGreaterThanOrEqual(before + 7_200_000)
})

it('takes a huge answer as what its status says, and keeps a kilobyte', async () => {
  const { agent, happen, deliveries } = await subscribed('huge')
  await happen()
  await webhook.settle()
  const [delivery] = await deliveries()
  expect(delivery.state).toBe('delivered')
  expect((await agent.get(`/webhook-deliveries/${delivery.id}`)).body.attemptLog[0].excerpt).toHaveLength(1_024)
})

it('switches off at 410, and after three days of failures, and says so', async () => {
  const gone = await subscribed(410)
  await gone.happen()
  await webhook.settle()
  expect((await gone.agent.get(`/webhooks/${gone.webhookId}`)).body).toMatchObject({ isEnabled: false, disabledReason: 'gone' })

  const failing = await subscribed(500, 500)
  await failing.happen()
  await webhook.settle()
  expect((await failing.agent.get(`/webhooks/${failing.webhookId}`)).body).toMatchObject({ isEnabled: true, failingSince: expect.any(String) })
  await webhook.database.asAdmin(`update webhook.subscription set failing_since = now() - interval '73 hours' where id = '${failing.webhookId}'`)
  await failing.makeDue()
  expect((await failing.agent.get(`/webhooks/${failing.webhookId}`)).body).toMatchObject({ isEnabled: false, disabledReason: 'failing' })
  expect(await webhook.emitted(webhookDisabled, failing.agent.organizationId)).toHaveLength(1)
  await failing.makeDue()
  expect(await failing.deliveries()).toMatchObject([{ state: 'failed', failure: 'disabled' }])
})

it('sends again what a dead process had claimed, under the same id', async () => {
  const { receiver, happen, makeDue, deliveries, webhookId } = await subscribed()
  await happen()
  await webhook.settle()
  await webhook.database.asAdmin(
    `update webhook.delivery set state = 'sending', due_at = now() - interval '1 second', delivered_at = null where subscription_id = '${webhookId}'`,
  )
  await webhook.database.asAdmin(`delete from webhook.attempt a using webhook.delivery d where a.delivery_id = d.id and d.subscription_id = '${webhookId}'`)
  await happen()
  await makeDue()
  const ids = receiver.calls.map((call) => call.headers['webhook-id'])
  expect([ids.length, new Set(ids).size]).toEqual([3, 2])
  expect((await deliveries()).every(({ state }) => state === 'delivered')).toBe(true)
})

it('sends one delivery, and all that failed, again by a person’s word', async () => {
  const { receiver, agent, webhookId, happen, deliveries } = await subscribed()
  await happen()
  await webhook.settle()
  const [delivery] = await deliveries()
  expect((await agent.post(`/webhook-deliveries/${delivery.id}/redeliver`)).status).toBe(202)
  await webhook.settle()
  expect(receiver.calls).toHaveLength(2)
  await webhook.database.asAdmin(
    `update webhook.delivery set state = 'failed', settled_at = now() - interval '1 second' where subscription_id = '${webhookId}'`,
  )
  expect((await agent.post(`/webhooks/${webhookId}/redeliver-failed`, { since: new Date(Date.now() - 60_000).toISOString() })).body).toEqual({ count: 1 })
  await webhook.settle()
  expect(receiver.calls).toHaveLength(3)
  const theirs = await webhook.signIn()
  expect((await theirs.get(`/webhook-deliveries/${delivery.id}`)).status).toBe(404)
  expect((await theirs.post(`/webhook-deliveries/${delivery.id}/redeliver`)).status).toBe(404)
})

it('does not let a dead receiver delay the others', async () => {
  const dead = await subscribed()
  dead.receiver.always('hang')
  const alive = await subscribed()
  for (let index = 0; index < 20; index += 1) await dead.happen()
  await alive.happen()
  await expect.poll(() => alive.receiver.calls.length, { timeout: 5_000 }).toBe(1)
  expect(dead.receiver.calls.length).toBeLessThanOrEqual(4)
  await dead.agent.delete(`/webhooks/${dead.webhookId}`)
  await dead.receiver.close()
})
