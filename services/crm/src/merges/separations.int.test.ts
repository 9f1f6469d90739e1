import { conversationLinked, dealUpdated, messageReceived } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

type Thing = { id: string; version: number }
const make = async (agent: Agent, path: string, fields: object) => (await agent.post(path, fields)).body
const read = async (agent: Agent, path: string, id: string) => (await agent.get(`${path}/${id}`)).body
const pathOf = { contact: '/contacts', company: '/companies' } as const
type Kind = keyof typeof pathOf
const merge = async (agent: Agent, kind: Kind, { id: survivorId }: Thing, { id: otherId }: Thing) => {
  const [survivor, other] = [await read(agent, pathOf[kind], survivorId), await read(agent, pathOf[kind], otherId)]
  return agent.post(`${pathOf[kind]}/${survivorId}/merge`, { otherId, otherVersion: other.version }, { 'if-match': `"${survivor.version}"` })
}
const preview = (agent: Agent, kind: Kind, { id }: Thing) => agent.get(`/${kind}-merges/${id}`)
const undo = (agent: Agent, kind: Kind, { id }: Thing) => agent.post(`/${kind}-merges/${id}/undo`)
const peopleOf = async (agent: Agent, deal: Thing) => (await read(agent, '/deals', deal.id)).contacts
/** As while a job still has something to do for it. */
const setState = ({ id }: Thing, state: string) => crm.database.asAdmin(`update crm.record_merge set state = '${state}' where id = '${id}'`)

it.each(['contact', 'company'] as const)('tells what undoing a merge brings back of a %s with a workplace, a parent and tags', async (kind) => {
  const agent = await crm.signIn()
  const [parent, tag] = [await make(agent, '/companies', { name: 'Acme' }), await make(agent, '/tags', { name: 'Key' })]
  const place = kind === 'contact' ? { companyId: parent.id } : { parentId: parent.id }
  const one = await make(agent, pathOf[kind], { name: 'One' })
  const other = await make(agent, pathOf[kind], { name: 'Other', tagIds: [tag.id], ...place })
  const { body } = await merge(agent, kind, one, other)
  expect(await preview(agent, kind, body)).toMatchObject({ status: 200, body: { obstacle: null, conflicts: [] } })
  expect((await undo(agent, kind, body)).status).toBe(200)
  expect(await read(agent, pathOf[kind], other.id)).toMatchObject({ tagIds: [tag.id], ...place })
})

it('says beforehand why a merge cannot be undone', async () => {
  const agent = await crm.signIn()
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => make(agent, '/contacts', { name })))
  const inner = (await merge(agent, 'contact', b, c)).body
  const outer = (await merge(agent, 'contact', a, b)).body
  const obstacle = async (of: Thing) => (await preview(agent, 'contact', of)).body.obstacle
  expect([await obstacle(inner), await obstacle(outer)]).toEqual(['survivor-merged', null])
  await undo(agent, 'contact', outer)
  expect([await obstacle(inner), await obstacle(outer)]).toEqual([null, 'separated'])
  await agent.delete(`/contacts/${b.id}`)
  expect(await obstacle(inner)).toBe('survivor-deleted')
})

it.each(['contact', 'company'] as const)('takes no %s away to which another merge still brings something', async (kind) => {
  const agent = await crm.signIn()
  const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => make(agent, pathOf[kind], { name })))
  const underWay = { status: 409, body: { code: 'crm.merge.under_way' } }
  const inner = (await merge(agent, kind, a, b)).body
  await setState(inner, 'moving')
  expect(await merge(agent, kind, c, a)).toMatchObject(underWay)
  await setState(inner, 'merged')
  const outer = (await merge(agent, kind, c, a)).body
  await undo(agent, kind, outer)
  // What was a's comes back to it in this moment: it can neither be parted nor go away.
  await setState(outer, 'separating')
  expect((await preview(agent, kind, inner)).body.obstacle).toBe('under-way')
  expect(await undo(agent, kind, inner)).toMatchObject(underWay)
  expect(await merge(agent, kind, c, a)).toMatchObject(underWay)
  await setState(outer, 'separated')
  expect((await undo(agent, kind, inner)).status).toBe(200)
})

it('gives each its place in a shared deal, in whatever order merges are undone', async () => {
  const agent = await crm.signIn()
  for (const order of [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [0, 2, 1],
  ]) {
    const [survivor, ...others] = await Promise.all(['s', 'a', 'b', 'c'].map((name) => make(agent, '/contacts', { name })))
    const contacts = others.map(({ id: contactId }, nth) => ({ contactId, role: `Role ${nth}` }))
    const deal = await make(agent, '/deals', { title: 'Shared', contacts })
    const merges: Thing[] = []
    for (const other of others) merges.push((await merge(agent, 'contact', survivor, other)).body)
    expect(await peopleOf(agent, deal)).toEqual([{ contactId: survivor.id, role: 'Role 0' }])
    for (const nth of order) await undo(agent, 'contact', merges[nth] ?? survivor)
    expect(await peopleOf(agent, deal)).toHaveLength(3)
    expect(await peopleOf(agent, deal)).toEqual(expect.arrayContaining(contacts))
  }
})

it('leaves a deal that has become full as it is', async () => {
  const agent = await crm.signIn()
  const people = await Promise.all(Array.from({ length: 21 }, (_, nth) => make(agent, '/contacts', { name: `Person ${nth}` })))
  const [one, other, ...more] = people
  const idsOf = (those: Thing[]) => those.map(({ id: contactId }) => ({ contactId, role: null }))
  const deal = await make(agent, '/deals', { title: 'Shared', contacts: idsOf([one, other]) })
  const { body } = await merge(agent, 'contact', one, other)
  const full = idsOf([one, ...more])
  await agent.patch(`/deals/${deal.id}`, { contacts: full }, await read(agent, '/deals', deal.id))
  expect((await undo(agent, 'contact', body)).status).toBe(200)
  expect(await peopleOf(agent, deal)).toEqual(full)
})

it('answers with the address that somebody else has taken in this moment', async () => {
  const agent = await crm.signIn()
  const one = await make(agent, '/contacts', { name: 'One' })
  const other = await make(agent, '/contacts', { name: 'Other', email: 'other@x.example' })
  const { body } = await merge(agent, 'contact', one, other)
  await agent.patch(`/contacts/${one.id}`, { emails: [] }, await read(agent, '/contacts', one.id))
  const [undone, made] = await Promise.all([undo(agent, 'contact', body), agent.post('/contacts', { name: 'Heir', email: 'other@x.example' })])
  expect([undone.status, made.status].every((status) => status < 500)).toBe(true)
})

const received = (conversationId: string, contactId: string | null, address: string, receivedAt: string) =>
  messageReceived({
    messageId: crypto.randomUUID(),
    conversationId,
    channel: 'email',
    contactId,
    from: { address, name: null },
    subject: 'Engines',
    text: 'Hello',
    language: null,
    isAutoReply: false,
    attachmentCount: 0,
    flags: [],
    receivedAt,
  })

it('says of both when they were active last, also once everything has gone back', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const one = await make(agent, '/contacts', { name: 'One', email: 'one@x.example' })
  const other = await make(agent, '/contacts', { name: 'Other', email: 'other@x.example' })
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
  const receivedAt = new Date().toISOString()
  await crm.deliver(received(first, other.id, 'other@x.example', receivedAt), { organizationId })
  const active = async ({ id }: Thing) => (await read(agent, '/contacts', id)).lastActivityAt
  expect([await active(one), await active(other)]).toEqual([null, expect.any(String)])
  const { body } = await merge(agent, 'contact', one, other)
  // Written to the other one's address while both are one.
  await crm.deliver(received(second, one.id, 'other@x.example', receivedAt), { organizationId })
  await undo(agent, 'contact', body)
  await crm.deliver(conversationLinked({ conversationId: first, contactId: other.id }), { organizationId })
  await crm.deliver(conversationLinked({ conversationId: second, contactId: other.id }), { organizationId })
  expect([await active(one), await active(other)]).toEqual([null, expect.any(String)])
})

it('restores and undoes into what a merge has made of a workplace, a parent and the people of a deal', async () => {
  const agent = await crm.signIn()
  const [acme, double, ada, twin] = [
    await make(agent, '/companies', { name: 'Acme' }),
    await make(agent, '/companies', { name: 'ACME' }),
    await make(agent, '/contacts', { name: 'Ada' }),
    await make(agent, '/contacts', { name: 'Twin' }),
  ]
  const person = await make(agent, '/contacts', { name: 'Person', companyId: double.id })
  const daughter = await make(agent, '/companies', { name: 'Daughter', parentId: double.id })
  const contacts = [ada, twin].map(({ id: contactId }) => ({ contactId, role: null }))
  const deal = await make(agent, '/deals', { title: 'Deal', companyId: double.id, contacts })
  const changed = await make(agent, '/deals', { title: 'Changed', companyId: double.id, contacts: contacts.slice(1) })
  await agent.patch(`/deals/${changed.id}`, { companyId: null, contacts: [] }, changed)
  for (const path of [`/contacts/${person.id}`, `/companies/${daughter.id}`, `/deals/${deal.id}`]) await agent.delete(path)
  await merge(agent, 'company', acme, double)
  await merge(agent, 'contact', ada, twin)
  const over = async (path: string, body?: object) => {
    const { id } = (await agent.post(path, body)).body
    await expect.poll(async () => (await agent.get(`/record-operations/${id}`)).body.status, { timeout: 20_000 }).toBe('done')
  }
  for (const [record, { id }] of Object.entries({ contact: person, company: daughter, deal }))
    await over('/record-operations', { record, selection: { ids: [id] }, action: { do: 'restore' } })
  const last = (await crm.emitted(dealUpdated, agent.organizationId)).findLast(({ data }) => data.dealId === changed.id)
  await over(`/record-operations/changes/${last?.id}/undo`)
  expect(await read(agent, '/contacts', person.id)).toMatchObject({ companyId: acme.id, company: 'Acme' })
  expect(await read(agent, '/companies', daughter.id)).toMatchObject({ parentId: acme.id })
  const ofAda = { companyId: acme.id, contacts: [{ contactId: ada.id, role: null }] }
  expect([await read(agent, '/deals', deal.id), await read(agent, '/deals', changed.id)]).toMatchObject([ofAda, ofAda])
})
