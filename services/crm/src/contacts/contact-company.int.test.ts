import { contactCreated, contactUpdated, messageReceived, type Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const company = async (agent: Agent, fields: object = {}) => (await agent.post('/companies', { name: 'Acme', ...fields })).body
const contact = async (agent: Agent, fields: object = {}) => (await agent.post('/contacts', { name: 'Ada', ...fields })).body
const read = async (agent: Agent, { id }: { id: string }) => (await agent.get(`/contacts/${id}`)).body

it('links a company, whose name the text then is, and keeps what was written where nothing is linked', async () => {
  const agent = await crm.signIn()
  const acme = await company(agent)
  expect(await contact(agent, { company: 'Engines Ltd' })).toMatchObject({ company: 'Engines Ltd', companyId: null })
  const ada = await contact(agent, { companyId: acme.id, company: 'whatever' })
  expect(ada).toMatchObject({ company: 'Acme', companyId: acme.id })
  expect((await crm.emitted(contactCreated, agent.organizationId)).at(-1)).toMatchObject({ data: { company: 'Acme', companyId: acme.id } })
  expect((await agent.get(`/contacts?companyId=${acme.id}`)).body.items.map(({ id }: { id: string }) => id)).toEqual([ada.id])
  expect((await agent.get('/contacts?search=acme')).body.items).toHaveLength(1)
})

it('is unlinked by another text or by null, which leaves the text', async () => {
  const agent = await crm.signIn()
  const acme = await company(agent)
  const ada = await contact(agent, { companyId: acme.id })
  const path = `/contacts/${ada.id}`
  expect((await agent.patch(path, { company: 'Acme', phone: '1' }, { version: 1 })).body).toMatchObject({ companyId: acme.id, version: 2 })
  expect((await agent.patch(path, { companyId: null }, { version: 2 })).body).toMatchObject({ company: 'Acme', companyId: null, version: 3 })
  expect((await agent.patch(path, { companyId: acme.id }, { version: 3 })).body).toMatchObject({ company: 'Acme', companyId: acme.id, version: 4 })
  expect((await agent.patch(path, { company: 'Own business' }, { version: 4 })).body).toMatchObject({ company: 'Own business', companyId: null })
  expect((await crm.emitted(contactUpdated, agent.organizationId)).at(-1)?.data.changes).toEqual({
    company: { from: 'Acme', to: 'Own business' },
    companyId: { from: acme.id, to: null },
  })
})

it('refuses a company that is not there for whoever asks: foreign, deleted, out of reach, without permission', async () => {
  const [owner, stranger] = [await crm.signIn(), await crm.signIn()]
  const { organizationId } = owner
  const [foreign, deleted, acme] = [await company(stranger), await company(owner), await company(owner)]
  await owner.delete(`/companies/${deleted.id}`)
  const permissions: Permission[] = ['crm.contact.read', 'crm.contact.create', 'crm.company.read']
  const narrow = await crm.signIn({ organizationId, permissions, scopes: { company: { read: 'own', write: 'own' } } })
  const blind = await crm.signIn({ organizationId, permissions: ['crm.contact.read', 'crm.contact.create'] })
  for (const [agent, companyId] of [
    [owner, foreign.id],
    [owner, deleted.id],
    [owner, crypto.randomUUID()],
    [narrow, acme.id],
    [blind, acme.id],
  ] as const) {
    const answer = await agent.post('/contacts', { name: 'Ada', companyId })
    expect(answer).toMatchObject({ status: 422, body: { code: 'crm.company.unknown', errors: [{ field: '/companyId' }] } })
  }
  const ada = await contact(owner)
  expect((await owner.patch(`/contacts/${ada.id}`, { companyId: foreign.id }, { version: 1 })).status).toBe(422)
  expect(await read(owner, ada)).toEqual(ada)
})

it('keeps the rule on the company for the link as well: hidden, not searched, not written', async () => {
  const owner = await crm.signIn()
  const permissions: Permission[] = ['crm.contact.read', 'crm.contact.create', 'crm.contact.update', 'crm.company.read']
  const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions, fields: { contact: { company: 'hidden' } } })
  const acme = await company(owner)
  const ada = await contact(owner, { companyId: acme.id })
  await crm.settle()
  for (const { raw } of [await clerk.get(`/contacts/${ada.id}`), await clerk.get('/contacts'), await clerk.get(`/contacts/${ada.id}/timeline`)])
    expect(raw.toString()).not.toMatch(/company|Acme/)
  expect((await clerk.get(`/contacts?companyId=${acme.id}`)).body.items).toEqual([])
  expect((await clerk.patch(`/contacts/${ada.id}`, { companyId: null }, { version: 1 })).status).toBe(403)
  const story = (await clerk.get(`/companies/${acme.id}/timeline`)).body.items
  expect(story.map(({ type }: { type: string }) => type)).toEqual(['company.created'])
})

it('follows the company: its people take a new name and let go of a deleted one, however many there are', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const acme = await company(agent)
  await crm.database.asAdmin(`insert into crm.contact (organization_id, name, source, company, company_id)
    select '${organizationId}', 'Person ' || n, 'manual', 'Acme', '${acme.id}' from generate_series(1, 150) n`)
  await contact(agent, { company: 'Acme' })
  await agent.patch(`/companies/${acme.id}`, { name: 'Acme Group' }, { version: 1 })
  await crm.settle()
  const told = async () =>
    crm.database.asAdmin(`select company, company_id is not null as linked, version, count(*)::int as count
      from crm.contact where organization_id = '${organizationId}' group by 1, 2, 3 order by count`)
  expect(await told()).toEqual([
    { company: 'Acme', linked: false, version: 1, count: 1 },
    { company: 'Acme Group', linked: true, version: 2, count: 150 },
  ])
  expect((await agent.get('/contacts?search=group&limit=1')).body.items).toHaveLength(1)
  await agent.delete(`/companies/${acme.id}`)
  await crm.settle()
  expect((await told())[1]).toEqual({ company: 'Acme Group', linked: false, version: 3, count: 150 })
  expect(await crm.emitted(contactUpdated, organizationId)).toHaveLength(300)
})

const mailFrom = (address: string) =>
  messageReceived({
    messageId: crypto.randomUUID(),
    conversationId: crypto.randomUUID(),
    channel: 'email',
    contactId: null,
    from: { address, name: 'Ada' },
    subject: 'Question',
    text: 'Hello',
    language: 'en',
    isAutoReply: false,
    attachmentCount: 0,
    flags: [],
    receivedAt: '2026-11-20T10:00:00.000Z',
  })

it.each([
  ['ada@acme.example', 'Acme'],
  ['ada@MAIL.acme.example', 'Acme'],
  ['ada@lab.acme.example', 'Acme Lab'],
  ['ada@notacme.example', null],
  ['ada@gmail.com', null],
  ['ada@gone.example', null],
])('knows the company of a new sender by the closest domain: %s is of %s', async (address, name) => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  await company(agent, { domains: ['acme.example'] })
  await company(agent, { name: 'Acme Lab', domains: ['lab.acme.example'] })
  const gone = await company(agent, { name: 'Gone', domains: ['gone.example'] })
  await agent.delete(`/companies/${gone.id}`)
  await company(stranger, { name: 'Foreign', domains: ['notacme.example'] })
  // As it could only come there by hand: the service refuses it.
  await crm.database.asAdmin(`insert into crm.company (organization_id, name, domains) values ('${agent.organizationId}', 'Everybody', '{gmail.com}')`)
  await crm.deliver(mailFrom(address), { organizationId: agent.organizationId })
  const [met] = (await agent.get('/contacts')).body.items
  expect(met).toMatchObject({ company: name, source: 'message' })
  expect(met.companyId === null).toBe(name === null)
  expect((await crm.emitted(contactCreated, agent.organizationId))[0]?.data).toMatchObject({ company: name, companyId: met.companyId })
})

it('tells the story of a company with what its people did, without people and conversations out of reach', async () => {
  const agent = await crm.signIn()
  const acme = await company(agent, { domains: ['acme.example'] })
  await crm.deliver(mailFrom('ada@acme.example'), { organizationId: agent.organizationId })
  await contact(agent, { name: 'Eva', companyId: acme.id })
  await contact(agent, { name: 'Somebody else' })
  await crm.settle()
  const story = async (who: Agent, query = '') => (await who.get(`/companies/${acme.id}/timeline${query}`)).body
  const types = (items: { type: string }[]) => items.map(({ type }) => type).toSorted()
  expect(types((await story(agent)).items)).toEqual(['company.created', 'contact.created', 'contact.created', 'message.received'])

  const paged: { type: string }[] = []
  for (let cursor = ''; ;) {
    const page = await story(agent, `?limit=1${cursor}`)
    paged.push(...page.items)
    if (page.nextCursor === null) break
    cursor = `&cursor=${page.nextCursor}`
  }
  expect(paged).toEqual((await story(agent)).items)

  const permissions: Permission[] = ['crm.contact.read', 'crm.company.read']
  const { organizationId } = agent
  const own = await crm.signIn({ organizationId, permissions, scopes: { contact: { read: 'own', write: 'own' } } })
  const unread = await crm.signIn({ organizationId, permissions, scopes: { conversation: { read: 'own', write: 'own' } } })
  const withoutPeople = await crm.signIn({ organizationId, permissions: ['crm.company.read'] })
  expect(types((await story(own)).items)).toEqual(['company.created'])
  expect(types((await story(unread)).items)).toEqual(['company.created', 'contact.created', 'contact.created'])
  expect(types((await story(withoutPeople)).items)).toEqual(['company.created'])
})
