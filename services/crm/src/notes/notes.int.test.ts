import { memberJoined, memberRemoved, noteCreated, noteDeleted, noteUpdated, organizationCreated, type Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
const contact = async (agent: Agent, fields: object = {}) => (await agent.post('/contacts', { name: 'Ada', ...fields })).body
const write = (agent: Agent, fields: object) => agent.post('/record-notes', { body: 'Prefers calls', ...fields })
const bodies = async (agent: Agent, query = '') => (await agent.get(`/record-notes${query}`)).body.items.map(({ body }: { body: string }) => body)
const colleague = ({ organizationId }: Agent, more: object = {}) => crm.signIn({ organizationId, userId: crypto.randomUUID(), ...more })

it('is kept about one record, is told whole, and stands in its story', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  const { status, body: note } = await write(agent, { contactId: ada.id })
  expect(status).toBe(201)
  expect(note).toMatchObject({ body: 'Prefers calls', authorId: agent.userId, contactId: ada.id, mentions: [], version: 1 })
  expect((await agent.get(`/record-notes/${note.id}`)).body).toEqual(note)
  expect(await crm.emitted(noteCreated, agent.organizationId)).toMatchObject([
    { aggregate: { id: note.id, version: 1 }, data: { body: 'Prefers calls', contactId: ada.id, companyId: null, dealId: null, authorId: agent.userId } },
  ])
  await crm.settle()
  const [entry] = (await agent.get(`/contacts/${ada.id}/timeline`)).body.items
  expect(entry).toMatchObject({ type: 'note.created', excerpt: 'Prefers calls' })
})

it('is about exactly one record, which whoever writes must see', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const [ada, foreign] = [await contact(agent), await contact(stranger)]
  const company = (await agent.post('/companies', { name: 'Acme' })).body
  expect(await write(agent, {})).toMatchObject({ status: 422, body: { code: 'crm.about.no_record' } })
  expect(await write(agent, { contactId: ada.id, companyId: company.id })).toMatchObject({ status: 422, body: { code: 'crm.about.several_records' } })
  for (const contactId of [foreign.id, crypto.randomUUID()])
    expect(await write(agent, { contactId })).toMatchObject({ status: 422, body: { code: 'crm.about.record_unknown', errors: [{ field: '/contactId' }] } })
  expect(await bodies(agent)).toEqual([])
})

it('is changed by whoever wrote it only, and tells from what to what', async () => {
  const owner = await crm.signIn()
  const other = await colleague(owner, { role: 'admin' })
  const ada = await contact(owner)
  const { id } = (await write(owner, { contactId: ada.id })).body
  const path = `/record-notes/${id}`
  expect(await other.patch(path, { body: 'Mine now' }, { version: 1 })).toMatchObject({ status: 403, body: { code: 'crm.note.not_yours' } })
  expect((await owner.patch(path, { body: 'Prefers mail' }, { version: 1 })).body).toMatchObject({ body: 'Prefers mail', version: 2 })
  expect((await owner.patch(path, { body: 'Prefers mail' }, { version: 2 })).body.version).toBe(2)
  expect((await owner.patch(path, { body: 'Late' }, { version: 1 })).status).toBe(409)
  expect((await owner.patch(path, { body: 'No version' })).status).toBe(428)
  expect(await crm.emitted(noteUpdated, owner.organizationId)).toMatchObject([{ data: { changes: { body: { from: 'Prefers calls', to: 'Prefers mail' } } } }])
})

it('is deleted by whoever wrote it, or by who may delete notes of others', async () => {
  const owner = await crm.signIn()
  const [member, manager] = [await colleague(owner, { role: 'member' }), await colleague(owner, { role: 'manager' })]
  const ada = await contact(owner)
  const [first, second] = [(await write(member, { contactId: ada.id })).body, (await write(owner, { contactId: ada.id })).body]
  expect((await member.delete(`/record-notes/${second.id}`)).status).toBe(403)
  for (let time = 0; time < 2; time++) expect((await member.delete(`/record-notes/${first.id}`)).status).toBe(204)
  expect((await manager.delete(`/record-notes/${second.id}`)).status).toBe(204)
  expect(await bodies(owner)).toEqual([])
  expect(await crm.emitted(noteDeleted, owner.organizationId)).toHaveLength(2)
})

it('is out of sight with what it is about', async () => {
  const owner = await crm.signIn()
  const permissions: Permission[] = ['crm.contact.read', 'crm.note.read', 'crm.note.create', 'crm.note.delete']
  const clerk = await colleague(owner, { permissions, scopes: { contact: { read: 'own', write: 'own' } } })
  const [hers, others] = [await contact(owner, { ownerId: clerk.userId }), await contact(owner)]
  const company = (await owner.post('/companies', { name: 'Acme' })).body
  await write(owner, { contactId: hers.id, body: 'hers' })
  const hidden = (await write(owner, { contactId: others.id, body: 'others', mentions: [clerk.userId] })).body
  await write(owner, { companyId: company.id, body: 'of a company' })
  expect(await bodies(clerk)).toEqual(['hers'])
  expect(await bodies(clerk, '?mentioning=me')).toEqual([])
  const path = `/record-notes/${hidden.id}`
  const answers = [await clerk.get(path), await clerk.patch(path, { body: 'x' }, { version: 1 }), await clerk.delete(path)]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  await owner.delete(`/contacts/${hers.id}`)
  expect(await bodies(clerk)).toEqual([])
})

it('answers the id of another organisation like one that never was, and needs the permissions', async () => {
  const [owner, stranger] = [await crm.signIn(), await crm.signIn()]
  const viewer = await colleague(owner, { role: 'viewer' })
  const ada = await contact(owner)
  const { id } = (await write(owner, { contactId: ada.id })).body
  for (const path of [`/record-notes/${id}`, `/record-notes/${crypto.randomUUID()}`])
    for (const { status } of [await stranger.get(path), await stranger.patch(path, { body: 'x' }, { version: 1 }), await stranger.delete(path)])
      expect(status).toBe(404)
  expect((await viewer.get(`/record-notes/${id}`)).status).toBe(200)
  expect((await write(viewer, { contactId: ada.id })).status).toBe(403)
})

it('mentions members, whom it then can be found by', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  await crm.deliver(organizationCreated({ organizationId, name: 'Known', slug: `known-${organizationId}`, locale: 'en' }), { organizationId })
  const anna = await colleague(owner)
  await crm.deliver(memberJoined({ userId: anna.userId, name: 'Anna', email: 'anna@example.org', role: 'member', invitationId: null }), { organizationId })
  const ada = await contact(owner)
  expect(await write(owner, { contactId: ada.id, mentions: [anna.userId, crypto.randomUUID()] })).toMatchObject({
    status: 422,
    body: { code: 'crm.note.mention_unknown', errors: [{ field: '/mentions/1' }] },
  })
  const gone = crypto.randomUUID()
  await crm.deliver(memberRemoved({ userId: gone, reason: 'left', handedOverTo: null }), { organizationId })
  expect(await write(owner, { contactId: ada.id, mentions: [gone, anna.userId] })).toMatchObject({ status: 422, body: { errors: [{ field: '/mentions/0' }] } })
  const note = (await write(owner, { contactId: ada.id, body: 'Look, @Anna', mentions: [anna.userId, anna.userId] })).body
  expect(note.mentions).toEqual([anna.userId])
  expect([await bodies(anna, '?mentioning=me'), await bodies(owner, '?mentioning=me')]).toEqual([['Look, @Anna'], []])
  await owner.patch(`/record-notes/${note.id}`, { mentions: [] }, { version: 1 })
  expect(await bodies(anna, '?mentioning=me')).toEqual([])
})

it('is listed newest first, page by page, and folded from its events', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  for (const body of ['1', '2', '3']) await write(agent, { contactId: ada.id, body })
  const seen: string[] = []
  for (let cursor = ''; cursor !== 'end';) {
    const { body } = await agent.get(`/record-notes?contactId=${ada.id}&limit=1${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.items.map((note: { body: string }) => note.body))
    cursor = body.nextCursor ?? 'end'
  }
  expect(seen).toEqual(['3', '2', '1'])
  const { nextCursor } = (await agent.get('/record-notes?limit=1')).body
  expect((await agent.get(`/record-notes?limit=1&contactId=${ada.id}&cursor=${nextCursor}`)).status).toBe(400)

  const [{ id, version } = { id: '', version: 0 }] = (await agent.get('/record-notes?limit=1')).body.items
  await agent.patch(`/record-notes/${id}`, { body: 'three', mentions: [agent.userId] }, { version })
  const row: Record<string, unknown> = {}
  const told = [...(await crm.emitted(noteCreated, agent.organizationId)), ...(await crm.emitted(noteUpdated, agent.organizationId))]
  for (const { data, aggregate } of told.filter((event) => event.aggregate.id === id)) {
    if ('changes' in data) for (const [field, change] of Object.entries(data.changes)) row[field] = change?.to
    else Object.assign(row, data)
    row['version'] = aggregate.version
  }
  const { createdAt: _createdAt, updatedAt: _updatedAt, id: noteId, ...now } = (await agent.get(`/record-notes/${id}`)).body
  expect(row).toEqual({ noteId, ...now })
})
