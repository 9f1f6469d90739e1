import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const permissions = ['crm.contact.read', 'crm.contact.create', 'crm.contact.update'] as const
const restricted = ({ organizationId }: Agent) => crm.signIn({ organizationId, permissions, fields: { contact: { email: 'hidden', phone: 'read-only' } } })
const ada = { name: 'Ada Lovelace', email: 'ada@secret.example', phone: '+44 1' }

it('leaves a hidden field out of every answer: one, many, the story, and what a change gives back', async () => {
  const owner = await crm.signIn()
  const clerk = await restricted(owner)
  const { id } = (await owner.post('/contacts', ada)).body
  await owner.patch(`/contacts/${id}`, { email: 'ada2@secret.example' }, { version: 1 })
  await crm.settle()

  const changed = await clerk.patch(`/contacts/${id}`, { note: 'Called' }, { version: 2 })
  const answers = [changed, await clerk.get(`/contacts/${id}`), await clerk.get('/contacts'), await clerk.get(`/contacts/${id}/timeline`)]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  for (const { raw } of answers) expect(raw.toString()).not.toMatch(/secret|email/)
  expect(changed.body).toMatchObject({ name: 'Ada Lovelace', phone: '+44 1', note: 'Called' })
  expect((await owner.get(`/contacts/${id}`)).body.email).toBe('ada2@secret.example')
})

it('finds nobody by what is hidden', async () => {
  const owner = await crm.signIn()
  const clerk = await restricted(owner)
  await owner.post('/contacts', ada)
  const found = async (who: Agent, words: string) => (await who.get(`/contacts?search=${words}`)).body.items.length
  expect([await found(owner, 'secret'), await found(clerk, 'secret'), await found(clerk, 'lovelace'), await found(clerk, 'ada%20secret')]).toEqual([1, 0, 1, 0])
})

it('refuses to write a hidden or a read-only field, and names it', async () => {
  const owner = await crm.signIn()
  const clerk = await restricted(owner)
  const { id } = (await owner.post('/contacts', ada)).body
  for (const [field, value] of [
    ['phone', '1'],
    ['phone', null],
    ['email', 'x@example.org'],
  ] as const) {
    const answer = await clerk.patch(`/contacts/${id}`, { [field]: value }, { version: 1 })
    expect(answer).toMatchObject({ status: 403, body: { code: 'platform.field_denied', errors: [{ field: `/${field}` }] } })
  }
  expect((await clerk.post('/contacts', { name: 'Grace', phone: '1' })).status).toBe(403)
  expect((await clerk.post('/contacts', { name: 'Grace', phone: null })).status).toBe(201)
  expect((await owner.get(`/contacts/${id}`)).body).toMatchObject({ ...ada, version: 1 })
})
