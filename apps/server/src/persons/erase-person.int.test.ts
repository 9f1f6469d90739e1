import ai from '@ai-crm/ai'
import auth from '@ai-crm/auth'
import { PERSON_SERVICES, personErased } from '@ai-crm/contracts'
import crm from '@ai-crm/crm'
import messaging from '@ai-crm/messaging'
import pipeline from '@ai-crm/pipeline'
import { signUp, startService } from '@ai-crm/testing'
import { sendCustomerMails } from '@ai-crm/testing/fakes/customer-mail'
import { freePort } from '@ai-crm/testing/servers'
import webhook from '@ai-crm/webhook'
import websocket from '@ai-crm/websocket'
import { expect, it } from 'vitest'
import { findEverywhere, listenToEverything, liveAs, OWN_NUMBER } from './lived-person.fixture.ts'

const smtpPort = await freePort()
const product = await startService(auth, {
  together: [crm, messaging, ai, webhook, pipeline, websocket],
  environment: { SMTP_PORT: String(smtpPort), SEND_UNDO_SECONDS: '0', EGRESS_ALLOWED_HOSTS: '127.0.0.1' },
})
const rows = (sql: string) => product.database.asAdmin(sql)

async function found(name: string) {
  const { me } = await signUp(product, { organizationName: name, name: 'Olga', email: `olga.${name}@people.example`, password: 'correct horse battery' })
  await product.settle()
  const owner = await product.signIn({ organizationId: me.organization.id, userId: me.user.id })
  await listenToEverything(owner)
  return owner
}

it('leaves no byte of a person in any table of any service, and everything of everybody else', { timeout: 300_000 }, async () => {
  const owner = await found('eraser')
  const world = { product, smtpPort, owner }
  const [gone, stays] = [await liveAs(world, 'zqxmark'), await liveAs(world, 'vwymark')]
  // What was written is compared a second later.
  await expect.poll(async () => rows('select from crm.unmatched_record')).toEqual([])
  const before = await findEverywhere(rows, 'vwymark')
  const places = Object.keys(await findEverywhere(rows, 'zqxmark'))
  expect(places).toEqual(expect.arrayContaining(['ai.conversation_message', 'ai.draft', 'crm.contact', 'crm.contact_search', 'crm.event', 'crm.file_chunk']))
  expect(places).toEqual(
    expect.arrayContaining(['crm.idempotency_key', 'crm.record_trait', 'messaging.event', 'messaging.message', 'messaging.raw_message', 'webhook.delivery']),
  )

  const counts = await owner.get(`/person-data/crm/${gone.contactId}/counts`)
  expect(counts.body.erased).toMatchObject({ contact: 2, task: 1, note: 1, file: 1, recordMerge: 1 })
  const wrong = await owner.post(`/contacts/${gone.contactId}/erasure`, { name: 'somebody' })
  expect([wrong.status, wrong.body.code, wrong.body.errors[0].field]).toEqual([422, 'crm.person.name_mismatch', '/name'])

  const asked = await owner.post(`/contacts/${gone.contactId}/erasure`, { name: gone.name })
  expect([asked.status, asked.body]).toMatchObject([202, { state: 'erasing', contactId: gone.contactId }])
  await expect.poll(async () => (await owner.get(`/person-erasures/${asked.body.id}`)).body.state, { timeout: 120_000, interval: 500 }).toBe('done')
  await product.settle()

  for (const trace of ['zqxmark', OWN_NUMBER('zqxmark'), OWN_NUMBER('zqxmark').replaceAll(' ', '')])
    expect(await findEverywhere(rows, trace), trace).toEqual({})
  expect(await findEverywhere(rows, 'vwymark')).toEqual(before)

  const report = (await owner.get(`/person-erasures/${asked.body.id}`)).body
  expect(report.parts).toMatchObject({
    crm: { erased: { contact: 2, task: 1, note: 1, file: 1, fileChunk: 1 } },
    messaging: { erased: { conversation: 2, message: 3, attachment: 2 } },
    ai: { erased: { conversation: 2 } },
    webhook: { erased: { delivery: expect.any(Number) } },
  })
  expect(JSON.stringify(report)).not.toContain('mark')

  // The deal goes on without them, and nothing brings them back.
  expect((await owner.get(`/contacts/${gone.contactId}`)).status).toBe(404)
  expect((await owner.get(`/contacts/${gone.contactId}/as-of`)).status).toBe(404)
  expect((await owner.get(`/conversations/${gone.conversationId}`)).status).toBe(404)
  expect((await owner.get('/deals')).body.items.map(({ contacts }: { contacts: unknown[] }) => contacts.length).toSorted()).toEqual([0, 1])
  expect(await product.emitted(personErased, owner.organizationId)).toMatchObject([{ data: { contactId: gone.contactId } }])
  const log = (await owner.get('/security-log')).body.items.map(({ kind }: { kind: string }) => kind)
  expect(log).toEqual(expect.arrayContaining(['person.erasure-requested', 'person.erased']))
  expect((await owner.get('/security-log/verify')).body.isSound ?? true).toBe(true)

  // Who writes again is somebody new.
  const channel = (await owner.get('/channels')).body.items[0]
  await sendCustomerMails(smtpPort, [
    { from: gone.email, to: channel.address, subject: 'Hello', text: 'again', envelope: { from: gone.email, to: [channel.address] } },
  ])
  await product.settle()
  const again = (await owner.get('/contacts?search=zqxmark')).body.items
  expect(again).toHaveLength(1)
  expect(again[0].id).not.toBe(gone.contactId)
  expect((await owner.get(`/contacts/${stays.contactId}`)).body.name).toBe(stays.name)
})

it('is for whoever may, has just proven who they are, and is of the organisation', { timeout: 120_000 }, async () => {
  const [owner, stranger] = [await found('one'), await found('two')]
  const contact = (await owner.post('/contacts', { name: 'Ada' })).body
  const path = `/contacts/${contact.id}/erasure`
  expect((await stranger.post(path, { name: 'Ada' })).body).toMatchObject({ status: 404 })
  expect((await stranger.post(`/contacts/${crypto.randomUUID()}/erasure`, { name: 'Ada' })).body).toMatchObject({ status: 404 })
  const manager = await product.signIn({ organizationId: owner.organizationId, role: 'manager' })
  expect((await manager.post(path, { name: 'Ada' })).status).toBe(403)
  for (const service of PERSON_SERVICES) {
    expect((await manager.get(`/person-data/${service}/${contact.id}/counts`)).status).toBe(403)
    expect((await manager.post(`/person-data/${service}/${contact.id}/export`)).status).toBe(403)
    expect((await stranger.get(`/person-data/${service}/${contact.id}/counts`)).status).toBe(404)
    expect((await stranger.post(`/person-data/${service}/${contact.id}/export`)).status).toBe(404)
  }
  const done = await owner.post(path, { name: 'Ada' })
  await expect.poll(async () => (await owner.get(`/person-erasures/${done.body.id}`)).body.state, { timeout: 60_000 }).toBe('done')
  expect((await stranger.get(`/person-erasures/${done.body.id}`)).status).toBe(404)
  const restart = `/person-erasures/${done.body.id}/restart`
  expect([(await stranger.post(restart)).status, (await manager.post(restart)).status, (await owner.post(restart)).status]).toEqual([404, 403, 202])
  const [asked] = await rows(`select request_id from crm.person_erasure where id = '${done.body.id}'`)
  expect(await rows(`select from crm.event where aggregate_id = '${String(asked?.['request_id'])}' and data <> '{}'`)).toEqual([])
})

it('goes on at once when it is asked for again, also when the contact itself is gone already', { timeout: 120_000 }, async () => {
  const owner = await found('restarter')
  const contact = (await owner.post('/contacts', { name: 'Ada' })).body
  await product.settle()
  // Of one service that fails for a long time: it is tried again in an hour.
  await rows(`create function webhook.later() returns trigger language plpgsql as $$ begin new.run_at = now() + interval '1 hour'; return new; end $$;
    create trigger later before insert on webhook.job for each row when (new.name = 'platform.erase-person') execute function webhook.later()`)
  const { id } = (await owner.post(`/contacts/${contact.id}/erasure`, { name: 'Ada' })).body
  const parts = async () => Object.keys((await owner.get(`/person-erasures/${id}`)).body.parts).toSorted()
  await expect.poll(parts, { timeout: 60_000 }).toEqual(['ai', 'crm', 'messaging', 'pipeline'])
  expect(await rows(`select from crm.contact where id = '${contact.id}'`)).toEqual([])
  await rows('drop trigger later on webhook.job')
  expect((await owner.post(`/person-erasures/${id}/restart`)).body).toMatchObject({ state: 'erasing' })
  await expect.poll(async () => (await owner.get(`/person-erasures/${id}`)).body.state, { timeout: 60_000 }).toBe('done')
  expect(await rows(`select from crm.event where type = 'person.erasure_requested' and data <> '{}'`)).toEqual([])
})
