import { contactDeleted, contactUpdated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

async function withContact(fields: object = {}) {
  const agent = await crm.signIn()
  const { body } = await agent.post('/contacts', { name: 'Ada', email: 'ada@example.org', ...fields })
  return { agent, contact: body, path: `/contacts/${body.id}` }
}

it('changes what is given and tells exactly that', async () => {
  const { agent, contact, path } = await withContact({ company: 'Engines' })
  const { status, body } = await agent.patch(path, { name: 'Ada', company: null, phone: '+44 1' }, { version: 1 })
  expect(status).toBe(200)
  expect(body).toEqual({ ...contact, company: null, phone: '+44 1', phones: [expect.objectContaining({ number: '+44 1' })], version: 2, updatedAt: body.updatedAt })
  expect(await crm.emitted(contactUpdated, agent.organizationId)).toMatchObject([
    { data: { contactId: contact.id, changes: { company: { from: 'Engines', to: null }, phone: { from: null, to: '+44 1' } } } },
  ])
  expect((await agent.get(path)).body).toEqual(body)
})

it('tells nothing and counts nothing when nothing changes', async () => {
  const { agent, contact, path } = await withContact()
  expect((await agent.patch(path, { name: 'Ada' }, { version: 1 })).body).toEqual(contact)
  expect(await crm.emitted(contactUpdated, agent.organizationId)).toEqual([])
})

it('lets one of ten win who change the same version, and names the newer one to the others', async () => {
  const { agent, path } = await withContact()
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => agent.patch(path, { name: `Ada ${index}` }, { version: 1 })))
  const lost = answers.filter(({ status }) => status === 409)
  expect(lost).toHaveLength(9)
  expect(lost[0]?.body).toMatchObject({ code: 'platform.version_conflict', context: { currentVersion: 2 } })
  expect(await crm.emitted(contactUpdated, agent.organizationId)).toHaveLength(1)
})

it('asks for the version that the client has seen', async () => {
  const { agent, path } = await withContact()
  expect((await agent.patch(path, { name: 'Eva' })).status).toBe(428)
})

it('refuses an address that another contact has, and keeps the row as it was', async () => {
  const { agent, contact, path } = await withContact()
  await agent.post('/contacts', { name: 'Eva', email: 'eva@example.org' })
  expect(await agent.patch(path, { email: 'eva@example.org' }, { version: 1 })).toMatchObject({ status: 409, body: { code: 'crm.contact.email_taken' } })
  expect((await agent.get(path)).body).toEqual(contact)
})

it('takes a deleted contact out of sight; a repeat is no error and tells nothing new', async () => {
  const { agent, contact, path } = await withContact()
  expect((await agent.delete(path)).status).toBe(204)
  expect((await agent.delete(path)).status).toBe(204)
  expect((await agent.get(path)).status).toBe(404)
  expect((await agent.patch(path, { name: 'Eva' }, { version: 2 })).status).toBe(404)
  expect((await agent.get('/contacts')).body.items).toEqual([])
  expect(await crm.emitted(contactDeleted, agent.organizationId)).toMatchObject([{ data: { contactId: contact.id }, aggregate: { version: 2 } }])
})

it('answers the id of another organisation like one that never was, whatever is asked', async () => {
  const { contact } = await withContact()
  const stranger = await crm.signIn()
  const [theirs, random] = [`/contacts/${contact.id}`, `/contacts/${crypto.randomUUID()}`]
  const ask = (path: string) =>
    Promise.all([stranger.get(path), stranger.patch(path, { name: 'Eva' }, { version: 1 }), stranger.delete(path), stranger.get(`${path}/timeline`)])
  const [forTheirs, forRandom] = [await ask(theirs), await ask(random)]
  const shape = (answers: typeof forTheirs) => answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
  expect(shape(forTheirs)).toEqual(shape(forRandom))
  expect(forTheirs.map(({ status }) => status)).toEqual([404, 404, 404, 404])
})

it('needs the permission to change and to delete', async () => {
  const { agent, path } = await withContact()
  const [viewer, member] = await Promise.all([
    crm.signIn({ role: 'viewer', organizationId: agent.organizationId }),
    crm.signIn({ role: 'member', organizationId: agent.organizationId }),
  ])
  expect((await viewer.patch(path, { name: 'Eva' }, { version: 1 })).status).toBe(403)
  expect((await member.delete(path)).status).toBe(403)
  expect((await viewer.get(path)).status).toBe(200)
})
