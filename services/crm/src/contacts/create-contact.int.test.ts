import { contactCreated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

it('stores the contact and announces it once', async () => {
  const agent = await crm.signIn()
  const { status, body } = await agent.post('/contacts', { name: ' Ada ', email: 'Ada@Example.org', company: 'Engines' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Ada', email: 'ada@example.org', company: 'Engines', phone: null, source: 'manual', lastActivityAt: null, version: 1 })
  expect(await crm.emitted(contactCreated, agent.organizationId)).toMatchObject([
    { data: { contactId: body.id, email: 'ada@example.org', source: 'manual' }, actor: { type: 'user', id: agent.userId }, aggregate: { version: 1 } },
  ])
})

it('does once what is asked twice with one Idempotency-Key, also at the same time', async () => {
  const agent = await crm.signIn()
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const answers = await Promise.all(Array.from({ length: 10 }, () => agent.post('/contacts', { name: 'Ada' }, headers)))
  const made = answers.filter(({ status }) => status === 201)
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true)
  const repeat = await agent.post('/contacts', { name: 'Ada' }, headers)
  expect(repeat.status).toBe(201)
  expect(repeat.body).toEqual(made[0]?.body)
  expect(await crm.emitted(contactCreated, agent.organizationId)).toHaveLength(1)
})

it('refuses an address that a living contact has, in this organisation only', async () => {
  const [ours, theirs] = [await crm.signIn(), await crm.signIn()]
  const contact = { name: 'Ada', email: 'ada@example.org' }
  await ours.post('/contacts', contact)
  expect(await ours.post('/contacts', contact)).toMatchObject({ status: 409, body: { code: 'crm.contact.email_taken' } })
  expect((await theirs.post('/contacts', contact)).status).toBe(201)
})

it('lets one of ten win who create the same address at once', async () => {
  const agent = await crm.signIn()
  const answers = await Promise.all(Array.from({ length: 10 }, () => agent.post('/contacts', { name: 'Ada', email: 'a@example.org' })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)])
})

it('frees the address of a deleted contact', async () => {
  const agent = await crm.signIn()
  const first = await agent.post('/contacts', { name: 'Ada', email: 'ada@example.org' })
  await agent.delete(`/contacts/${first.body.id}`)
  const second = await agent.post('/contacts', { name: 'Ada again', email: 'ada@example.org' })
  expect(second.status).toBe(201)
  expect(second.body.id).not.toBe(first.body.id)
})

it('needs the permission', async () => {
  const viewer = await crm.signIn({ role: 'viewer' })
  expect((await viewer.post('/contacts', { name: 'Ada' })).status).toBe(403)
})

it.each([
  [{ name: '' }, '/name'],
  [{ name: 'Ada', email: 'not an address' }, '/email'],
  [{ name: 'Ada', unknown: 1 }, '/unknown'],
  [{ name: 'x'.repeat(201) }, '/name'],
])('names the wrong field of %j', async (body, field) => {
  const agent = await crm.signIn()
  const answer = await agent.post('/contacts', body)
  expect(answer.status).toBe(400)
  expect(answer.body.errors).toMatchObject([{ field }])
})
