import {
  contactDeleted,
  contactMerged,
  contactRestored,
  contactUnmerged,
  contactUpdated,
  conversationLinked,
  dealUpdated,
  messageReceived,
  noteUpdated,
  taskUpdated,
} from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const make = async (agent: Agent, path: string, fields: object) => (await agent.post(path, fields)).body
const read = async (agent: Agent, id: string) => (await agent.get(`/contacts/${id}`)).body
const matching = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` })
type Thing = { id: string; version: number }
const merge = (agent: Agent, survivor: Thing, other: Thing, take: string[] = []) =>
  agent.post(`/contacts/${survivor.id}/merge`, { otherId: other.id, otherVersion: other.version, take }, matching(survivor))
const undo = (agent: Agent, mergeId: string) => agent.post(`/contact-merges/${mergeId}/undo`)

/** Two contacts that are the same person, the second with a deal, a task and a note, and a deal of both. */
async function two(agent: Agent) {
  const ada = await make(agent, '/contacts', { name: 'Ada Lovelace', email: 'ada@work.example', phones: [{ number: '+44 20 7946 0958' }], note: null })
  const double = await make(agent, '/contacts', {
    name: 'A. Lovelace',
    email: 'ada@home.example',
    phones: [{ number: '+44 20 7946 0958' }],
    note: 'Likes engines',
  })
  const deal = await make(agent, '/deals', { title: 'Of the double', contacts: [{ contactId: double.id, role: 'Pays' }] })
  const shared = await make(agent, '/deals', {
    title: 'Of both',
    contacts: [
      { contactId: ada.id, role: 'Decides' },
      { contactId: double.id, role: 'Signs' },
    ],
  })
  const task = await make(agent, '/tasks', { title: 'Call', contactId: double.id })
  const note = await make(agent, '/record-notes', { body: 'Met in Turin', contactId: double.id })
  return { ada, double, deal, shared, task, note }
}
const peopleOf = async (agent: Agent, { id }: Thing) => (await agent.get(`/deals/${id}`)).body.contacts

it('takes one contact into another with all that belongs to it, and tells whose value is whose', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const { ada, double, deal, shared, task, note } = await two(agent)
  const { status, body } = await merge(agent, ada, double)
  expect({ status, body }).toMatchObject({ status: 200, body: { survivorId: ada.id, mergedId: double.id, mergedName: 'A. Lovelace', state: 'merged' } })
  expect(await read(agent, ada.id)).toMatchObject({
    name: 'Ada Lovelace',
    email: 'ada@work.example',
    emails: [{ address: 'ada@work.example' }, { address: 'ada@home.example' }],
    phones: [{ e164: '+442079460958' }],
    note: 'Likes engines',
    version: ada.version + 2,
  })
  expect(await agent.get(`/contacts/${double.id}`)).toMatchObject({ status: 404, body: { code: 'crm.record.merged', context: { mergedInto: ada.id } } })
  expect(await peopleOf(agent, deal)).toEqual([{ contactId: ada.id, role: 'Pays' }])
  expect(await peopleOf(agent, shared)).toEqual([{ contactId: ada.id, role: 'Decides' }])
  expect((await agent.get(`/tasks/${task.id}`)).body.contactId).toBe(ada.id)
  expect((await agent.get(`/record-notes/${note.id}`)).body.contactId).toBe(ada.id)
  expect(await crm.emitted(contactMerged, organizationId)).toMatchObject([
    { data: { contactId: ada.id, mergedId: double.id, provenance: { name: 'survivor', note: 'merged', emails: 'both' } } },
  ])
  expect(await crm.emitted(contactDeleted, organizationId)).toMatchObject([{ data: { contactId: double.id, mergedInto: ada.id } }])
  for (const event of [taskUpdated, noteUpdated])
    expect(await crm.emitted<typeof event>(event, organizationId)).toMatchObject([{ data: { changes: { contactId: { from: double.id, to: ada.id } } } }])
})

it('undoes a merge as if it had never been', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const { ada, double, deal, shared, task, note } = await two(agent)
  const { body } = await merge(agent, ada, double, ['name', 'email'])
  expect(await read(agent, ada.id)).toMatchObject({ name: 'A. Lovelace', email: 'ada@home.example' })
  expect(await undo(agent, body.id)).toMatchObject({ status: 200, body: { state: 'separated' } })
  const { version: _a, updatedAt: _b, ...whole } = ada
  const { version: _c, updatedAt: _d, ...wholeDouble } = double
  expect(await read(agent, ada.id)).toMatchObject(whole)
  expect(await read(agent, double.id)).toMatchObject(wholeDouble)
  expect(await peopleOf(agent, deal)).toEqual([{ contactId: double.id, role: 'Pays' }])
  expect(await peopleOf(agent, shared)).toEqual([
    { contactId: ada.id, role: 'Decides' },
    { contactId: double.id, role: 'Signs' },
  ])
  expect((await agent.get(`/tasks/${task.id}`)).body.contactId).toBe(double.id)
  expect((await agent.get(`/record-notes/${note.id}`)).body.contactId).toBe(double.id)
  expect(await crm.emitted(contactUnmerged, organizationId)).toMatchObject([{ data: { contactId: ada.id, mergedId: double.id, conflicts: [] } }])
  expect(await crm.emitted(contactRestored, organizationId)).toMatchObject([{ data: { contactId: double.id, name: 'A. Lovelace', separatedFrom: ada.id } }])
  expect(await undo(agent, body.id)).toMatchObject({ status: 409, body: { code: 'crm.merge.separated' } })
})

it('leaves what was changed after the merge, says so beforehand, and moves nothing that was moved elsewhere', async () => {
  const agent = await crm.signIn()
  const { ada, double, task, note } = await two(agent)
  const { body } = await merge(agent, ada, double, ['name'])
  const now = await read(agent, ada.id)
  await agent.patch(`/contacts/${ada.id}`, { name: 'Augusta Ada King' }, now)
  const third = await make(agent, '/contacts', { name: 'Somebody else' })
  const moved = (await agent.get(`/tasks/${task.id}`)).body
  await agent.patch(`/tasks/${task.id}`, { contactId: third.id }, moved)
  expect((await agent.get(`/contact-merges/${body.id}`)).body).toMatchObject({
    conflicts: [{ field: 'name', reason: 'edited', value: 'Ada Lovelace' }],
    returns: { deals: 2, tasks: 1, notes: 1 },
  })
  await undo(agent, body.id)
  expect(await read(agent, ada.id)).toMatchObject({ name: 'Augusta Ada King', emails: [{ address: 'ada@work.example' }], note: null })
  expect((await read(agent, double.id)).name).toBe('A. Lovelace')
  expect((await agent.get(`/tasks/${task.id}`)).body.contactId).toBe(third.id)
  expect((await agent.get(`/record-notes/${note.id}`)).body.contactId).toBe(double.id)
})

it('gives back what is left of the addresses when somebody else has one by now', async () => {
  const agent = await crm.signIn()
  const { ada, double } = await two(agent)
  const { body } = await merge(agent, ada, double)
  const now = await read(agent, ada.id)
  await agent.patch(`/contacts/${ada.id}`, { emails: [{ address: 'ada@work.example' }] }, now)
  await make(agent, '/contacts', { name: 'Heir', email: 'ada@home.example' })
  expect((await agent.get(`/contact-merges/${body.id}`)).body.conflicts).toEqual([{ field: 'emails', reason: 'taken', value: 'ada@home.example' }])
  expect((await undo(agent, body.id)).status).toBe(200)
  expect(await read(agent, double.id)).toMatchObject({ email: null, emails: [] })
})

it('undoes several merges into one contact in any order, and a chain from its end', async () => {
  const agent = await crm.signIn()
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => make(agent, '/contacts', { name, email: `${name}@x.example`, note: name })))
  const first = (await merge(agent, a, b, ['name', 'note'])).body
  const second = (await merge(agent, await read(agent, a.id), c, ['name', 'note'])).body
  expect(await read(agent, a.id)).toMatchObject({
    name: 'c',
    note: 'c',
    emails: [{ address: 'a@x.example' }, { address: 'b@x.example' }, { address: 'c@x.example' }],
  })
  await undo(agent, first.id)
  expect(await read(agent, a.id)).toMatchObject({ name: 'c', emails: [{ address: 'a@x.example' }, { address: 'c@x.example' }] })
  await undo(agent, second.id)
  expect(await read(agent, a.id)).toMatchObject({ name: 'a', note: 'a', emails: [{ address: 'a@x.example' }] })

  const inner = (await merge(agent, await read(agent, b.id), await read(agent, c.id))).body
  const outer = (await merge(agent, await read(agent, a.id), await read(agent, b.id))).body
  expect(await agent.get(`/contacts/${c.id}`)).toMatchObject({ status: 404, body: { context: { mergedInto: a.id } } })
  expect(await undo(agent, inner.id)).toMatchObject({ status: 409, body: { code: 'crm.merge.survivor_gone' } })
  expect((await undo(agent, outer.id)).status).toBe(200)
  expect((await undo(agent, inner.id)).status).toBe(200)
  expect((await read(agent, c.id)).email).toBe('c@x.example')
})

it('moves more than fits one transaction by a job, there and back', async () => {
  const agent = await crm.signIn()
  const [a, b] = [await make(agent, '/contacts', { name: 'a' }), await make(agent, '/contacts', { name: 'b' })]
  await crm.database.asAdmin(
    `insert into crm.task (organization_id, title, contact_id) select '${agent.organizationId}', 'Task ' || n, '${b.id}' from generate_series(1, 450) as n`,
  )
  const { body } = await merge(agent, a, b)
  expect(body.state).toBe('moving')
  const of = async (id: string) => Number((await crm.database.asAdmin(`select count(*) as n from crm.task where contact_id = '${id}'`))[0]?.['n'])
  await crm.settle()
  expect(await of(a.id)).toBe(450)
  expect((await agent.get(`/contact-merges/${body.id}`)).body.merge.state).toBe('merged')
  expect((await undo(agent, body.id)).body.state).toBe('separating')
  await crm.settle()
  expect(await of(b.id)).toBe(450)
  expect((await crm.emitted(taskUpdated, agent.organizationId)).length).toBe(900)
}, 60_000)

it('merges nothing where somebody looked at something else, and nothing twice', async () => {
  const agent = await crm.signIn()
  const { ada, double } = await two(agent)
  expect(await merge(agent, { ...ada, version: 7 }, double)).toMatchObject({ status: 409, body: { code: 'platform.version_conflict' } })
  expect(await merge(agent, ada, { ...double, version: 7 })).toMatchObject({
    status: 409,
    body: { code: 'crm.merge.other_changed', errors: [{ field: '/otherVersion' }] },
  })
  expect(await merge(agent, ada, ada)).toMatchObject({ status: 422, body: { code: 'crm.merge.itself' } })
  expect(await merge(agent, ada, double, ['emails'])).toMatchObject({ status: 422, body: { code: 'crm.merge.no_choice', errors: [{ field: '/take/0' }] } })
  const answers = await Promise.all([merge(agent, ada, double), merge(agent, double, ada), merge(agent, ada, double)])
  expect(answers.map(({ status }) => status).toSorted()[0]).toBe(200)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await crm.emitted(contactMerged, agent.organizationId)).toHaveLength(1)
})

it('needs the right to change both and to delete, and sees nothing of other organisations', async () => {
  const owner = await crm.signIn()
  const { ada, double } = await two(owner)
  const { organizationId } = owner
  const member = await crm.signIn({ organizationId, permissions: ['crm.contact.read', 'crm.contact.update'] })
  expect(await merge(member, ada, double)).toMatchObject({ status: 403, body: { code: 'platform.permission_denied' } })
  const permissions = ['crm.contact.read', 'crm.contact.update', 'crm.contact.delete'] as const
  const narrow = await crm.signIn({ organizationId, permissions: [...permissions], scopes: { contact: { read: 'all', write: 'own' } } })
  expect(await merge(narrow, ada, double)).toMatchObject({ status: 403, body: { code: 'platform.record_locked' } })
  const ownOnly = await crm.signIn({ organizationId, permissions: [...permissions], scopes: { contact: { read: 'own', write: 'own' } } })
  const mine = await make(owner, '/contacts', { name: 'Mine', ownerId: ownOnly.userId })
  expect(await merge(ownOnly, mine, double)).toMatchObject({ status: 422, body: { code: 'crm.merge.unknown', errors: [{ field: '/otherId' }] } })
  expect(await ownOnly.get(`/contacts/${mine.id}/merge?otherId=${double.id}`)).toMatchObject({ status: 422, body: { code: 'crm.merge.unknown' } })

  const { body } = await merge(owner, ada, double)
  const stranger = await crm.signIn()
  for (const who of [stranger, ownOnly]) {
    expect((await who.get(`/contact-merges/${body.id}`)).status).toBe(404)
    expect((await undo(who, body.id)).status).toBe(404)
    expect((await who.get('/contact-merges')).body.items).toEqual([])
    expect((await who.get(`/contacts/${double.id}`)).body.code).toBe('platform.not_found')
  }
  expect(await undo(narrow, body.id)).toMatchObject({ status: 403, body: { code: 'platform.record_locked' } })
  expect(await undo(member, body.id)).toMatchObject({ status: 403, body: { code: 'platform.permission_denied' } })
})

it('neither shows nor loses nor lets choose what a role hides', async () => {
  const owner = await crm.signIn()
  const { ada, double } = await two(owner)
  const permissions = ['crm.contact.read', 'crm.contact.update', 'crm.contact.delete'] as const
  const blind = await crm.signIn({
    organizationId: owner.organizationId,
    permissions: [...permissions],
    fields: { contact: { email: 'hidden', note: 'hidden' } },
  })
  const preview = await blind.get(`/contacts/${ada.id}/merge?otherId=${double.id}`)
  expect(preview.status).toBe(200)
  for (const secret of ['ada@home.example', 'engines']) expect(preview.raw.toString()).not.toContain(secret)
  expect(await merge(blind, ada, double, ['note'])).toMatchObject({ status: 403, body: { code: 'platform.field_denied' } })
  const { body } = await merge(blind, ada, double)
  expect(await read(owner, ada.id)).toMatchObject({ note: 'Likes engines', emails: [{ address: 'ada@work.example' }, { address: 'ada@home.example' }] })
  await owner.patch(`/contacts/${ada.id}`, { note: 'A secret' }, await read(owner, ada.id))
  expect((await owner.get(`/contact-merges/${body.id}`)).body.conflicts).toMatchObject([{ field: 'note' }])
  expect((await blind.get(`/contact-merges/${body.id}`)).body.conflicts).toEqual([])
})

it('shows a merge in the story of who stays, with what was said to the other', async () => {
  const agent = await crm.signIn()
  const { ada, double } = await two(agent)
  await crm.settle()
  const { body } = await merge(agent, ada, double)
  await crm.settle()
  const types = async (id: string) => (await agent.get(`/contacts/${id}/timeline`)).body.items.map((entry: { type: string }) => entry.type)
  expect(await types(ada.id)).toEqual(expect.arrayContaining(['contact.merged', 'task.created', 'note.created', 'contact.created']))
  await undo(agent, body.id)
  await crm.settle()
  expect(await types(ada.id)).not.toContain('task.created')
  expect(await types(double.id)).toEqual(expect.arrayContaining(['contact.restored', 'task.created', 'note.created']))
  expect(await crm.emitted(dealUpdated, agent.organizationId)).not.toHaveLength(0)
  expect(await crm.emitted(contactUpdated, agent.organizationId)).not.toHaveLength(0)
})

it('loses no mail that comes while its sender is merged', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const { ada, double } = await two(agent)
  const conversationId = crypto.randomUUID()
  const received = messageReceived({
    messageId: crypto.randomUUID(),
    conversationId,
    channel: 'email',
    contactId: double.id,
    from: { address: 'ada@home.example', name: 'Ada' },
    subject: 'Engines',
    text: 'Hello',
    language: null,
    isAutoReply: false,
    attachmentCount: 0,
    flags: [],
    receivedAt: new Date().toISOString(),
  })
  const [{ status, body }] = await Promise.all([merge(agent, ada, double), crm.deliver(received, { organizationId })])
  expect(status).toBe(200)
  // Messaging had not heard of the merge when it told this.
  await crm.deliver(conversationLinked({ conversationId, contactId: double.id }), { organizationId })
  const types = async (id: string) => (await agent.get(`/contacts/${id}/timeline`)).body.items.map((entry: { type: string }) => entry.type)
  expect(await types(ada.id)).toContain('message.received')
  expect((await read(agent, ada.id)).emails).toHaveLength(2)
  expect((await undo(agent, body.id)).status).toBe(200)
  await crm.deliver(conversationLinked({ conversationId, contactId: double.id }), { organizationId })
  expect(await types(double.id)).toContain('message.received')
  expect(await types(ada.id)).not.toContain('message.received')
})
