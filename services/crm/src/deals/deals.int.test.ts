import { dealCreated, dealDeleted, dealStageChanged, dealUpdated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const make = async (agent: Agent, path: string, body: object) => (await agent.post(path, body)).body

async function withDeal(fields: object = {}) {
  const agent = await crm.signIn()
  const company = await make(agent, '/companies', { name: 'Acme' })
  const [ada, eva] = [await make(agent, '/contacts', { name: 'Ada' }), await make(agent, '/contacts', { name: 'Eva' })]
  const contacts = [{ contactId: ada.id, role: 'Buyer' }]
  const deal = await make(agent, '/deals', { title: 'Turbines', amountMinor: 1050, currency: 'EUR', companyId: company.id, contacts, ...fields })
  return { agent, company, ada, eva, deal, path: `/deals/${deal.id}` }
}

it('stores the deal and announces it once', async () => {
  const { agent, company, ada, deal, path } = await withDeal({ expectedCloseOn: '2027-02-28' })
  const contacts = [{ contactId: ada.id, role: 'Buyer' }]
  const told = {
    amountMinor: 1050,
    currency: 'EUR',
    stage: 'new',
    lostReason: null,
    expectedCloseOn: '2027-02-28',
    companyId: company.id,
    contacts,
    ownerId: agent.userId,
  }
  expect(deal).toMatchObject({ title: 'Turbines', ...told, companyName: 'Acme', version: 1 })
  expect((await agent.get(path)).body).toEqual(deal)
  expect(await crm.emitted(dealCreated, agent.organizationId)).toMatchObject([
    { data: { dealId: deal.id, title: 'Turbines', ...told }, actor: { type: 'user', id: agent.userId }, aggregate: { version: 1 } },
  ])
})

it('tells a move by where from and where to, with who moved it, apart from the other fields', async () => {
  const { agent, deal, path } = await withDeal()
  const mate = await crm.signIn({ organizationId: agent.organizationId, role: 'member' })
  expect((await mate.patch(path, { stage: 'qualified' }, { version: 1 })).body).toMatchObject({ stage: 'qualified', version: 2 })
  const lost = await agent.patch(path, { stage: 'lost', lostReason: 'Too dear', title: 'Turbines' }, { version: 2 })
  expect(lost.body).toMatchObject({ stage: 'lost', lostReason: 'Too dear', version: 4 })
  expect((await agent.patch(path, { stage: 'proposal' }, { version: 4 })).body).toMatchObject({ stage: 'proposal', lostReason: null, version: 6 })
  const moves = await crm.emitted(dealStageChanged, agent.organizationId)
  const { id: dealId, pipelineId } = deal
  const told = { dealId, pipelineId, fromPipelineId: pipelineId, reason: 'moved' }
  expect(moves.map(({ data }) => data)).toMatchObject([
    { ...told, from: 'new', to: 'qualified', fromKind: 'open', toKind: 'open', isBack: false },
    { ...told, from: 'qualified', to: 'lost', toKind: 'lost', isBack: false },
    { ...told, from: 'lost', to: 'proposal', fromKind: 'lost', toKind: 'open', isBack: true },
  ])
  expect(moves.map(({ actor }) => actor.id)).toEqual([mate.userId, agent.userId, agent.userId])
  expect((await crm.emitted(dealUpdated, agent.organizationId)).map(({ data }) => data.changes)).toEqual([
    { lostReason: { from: null, to: 'Too dear' } },
    { lostReason: { from: 'Too dear', to: null } },
  ])
})

it('tells nothing and counts nothing when nothing changes', async () => {
  const { agent, deal, path } = await withDeal()
  expect((await agent.patch(path, { stage: 'new', title: 'Turbines', contacts: deal.contacts }, { version: 1 })).body).toEqual(deal)
  expect(await crm.emitted(dealUpdated, agent.organizationId)).toEqual([])
})

it('lets one of ten win who move the same version, and asks for one', async () => {
  const { agent, path } = await withDeal()
  const answers = await Promise.all(Array.from({ length: 10 }, () => agent.patch(path, { stage: 'won' }, { version: 1 })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(409)])
  expect(await crm.emitted(dealStageChanged, agent.organizationId)).toHaveLength(1)
  expect((await agent.patch(path, { stage: 'lost' })).status).toBe(428)
})

it.each([
  [{ amountMinor: -1, currency: 'EUR' }, 400, '/amountMinor'],
  [{ amountMinor: 1.5, currency: 'EUR' }, 400, '/amountMinor'],
  [{ amountMinor: 1 }, 422, '/currency'],
  [{ currency: 'EUR' }, 422, '/amountMinor'],
  [{ amountMinor: 1, currency: 'eur' }, 400, '/currency'],
  [{ amountMinor: 1, currency: 'QQQ' }, 422, '/currency'],
  [{ stage: 'dreamt' }, 422, '/stage'],
  [{ lostReason: 'x' }, 422, '/lostReason'],
  [{ expectedCloseOn: '2026-02-30' }, 400, '/expectedCloseOn'],
  [{ companyId: crypto.randomUUID() }, 422, '/companyId'],
  [{ contacts: [{ contactId: crypto.randomUUID() }] }, 422, '/contacts/0/contactId'],
])('names the wrong field of %j and makes nothing', async (fields, status, field) => {
  const agent = await crm.signIn()
  expect(await agent.post('/deals', { title: 'Turbines', ...fields })).toMatchObject({ status, body: { errors: [{ field }] } })
  expect((await agent.get('/deals')).body.items).toEqual([])
})

it('refuses an amount that a number does not hold exactly', async () => {
  const agent = await crm.signIn()
  const answer = await agent.post('/deals', { title: 'Turbines', amountMinor: 2 ** 53, currency: 'EUR' })
  expect(answer.status).toBe(400)
  expect(answer.body.errors[0]).toMatchObject({ field: '/amountMinor' })
})

it('takes only people and companies that whoever asks sees', async () => {
  const [{ agent, deal, eva, path }, other] = [await withDeal(), await withDeal()]
  for (const change of [{ companyId: other.company.id }, { contacts: [...deal.contacts, { contactId: other.ada.id }] }])
    expect((await agent.patch(path, change, { version: 1 })).status).toBe(422)
  const { organizationId } = agent
  const scopes = { contact: { read: 'own', write: 'own' }, company: { read: 'own', write: 'own' } } as const
  const narrow = await crm.signIn({ organizationId, permissions: ['crm.deal.read', 'crm.deal.update', 'crm.contact.read', 'crm.company.read'], scopes })
  expect((await narrow.get(path)).body).toMatchObject({ companyId: deal.companyId, companyName: null })
  expect((await narrow.patch(path, { contacts: [...deal.contacts, { contactId: eva.id }] }, { version: 1 })).body).toMatchObject({
    code: 'crm.deal.contact_unknown',
    errors: [{ field: '/contacts/1/contactId' }],
  })
  // Whoever takes part already may stay, seen or not.
  const [{ contactId }] = deal.contacts
  expect((await narrow.patch(path, { contacts: [{ contactId, role: 'Boss' }] }, { version: 1 })).status).toBe(200)
})

it('lists by stage, owner, company, contact, words and in the order that is asked for', async () => {
  const { agent, company, ada } = await withDeal({ title: 'Турбины', expectedCloseOn: '2027-01-02', ownerId: null })
  await make(agent, '/deals', { title: 'Alpha', stage: 'won', expectedCloseOn: '2027-01-01' })
  await make(agent, '/deals', { title: 'Beta', stage: 'proposal' })
  const titles = async (query: string) => {
    const found: string[] = []
    for (let cursor = ''; ;) {
      const { body } = await agent.get(`/deals?${query}&limit=1${cursor}`)
      found.push(...body.items.map(({ title }: { title: string }) => title))
      if (body.nextCursor === null) return found
      cursor = `&cursor=${body.nextCursor}`
    }
  }
  expect(await titles('sort=createdAt&direction=asc')).toEqual(['Турбины', 'Alpha', 'Beta'])
  expect(await titles('sort=title&direction=asc')).toEqual(['Alpha', 'Beta', 'Турбины'])
  expect(await titles('sort=expectedCloseOn&direction=asc')).toEqual(['Alpha', 'Турбины', 'Beta'])
  expect(await titles('sort=expectedCloseOn&direction=desc')).toEqual(['Beta', 'Турбины', 'Alpha'])
  expect(await titles('stageKind=open&direction=asc')).toEqual(['Турбины', 'Beta'])
  expect([await titles('stage=won'), await titles('owner=nobody'), await titles(`companyId=${company.id}`), await titles(`contactId=${ada.id}`)]).toEqual([
    ['Alpha'],
    ['Турбины'],
    ['Турбины'],
    ['Турбины'],
  ])
  expect([await titles('search=turbiny'), await titles('search=turbini'), await titles('search=%25')]).toEqual([['Турбины'], ['Турбины'], []])
  const stranger = await crm.signIn()
  const { nextCursor } = (await agent.get('/deals?limit=1')).body
  expect((await stranger.get('/deals?search=turbiny')).body.items).toEqual([])
  for (const [who, query] of [
    [stranger, `cursor=${nextCursor}`],
    [agent, `stage=won&cursor=${nextCursor}`],
    [agent, 'sort=lostReason'],
  ] as const)
    expect((await who.get(`/deals?${query}`)).status).toBe(400)
})

it('takes a deleted deal out of sight; a repeat is no error and tells nothing new', async () => {
  const { agent, ada, path } = await withDeal()
  expect([(await agent.delete(path)).status, (await agent.delete(path)).status]).toEqual([204, 204])
  for (const query of ['', '/timeline']) expect((await agent.get(path + query)).status).toBe(404)
  expect((await agent.get(`/deals?contactId=${ada.id}`)).body.items).toEqual([])
  expect(await crm.emitted(dealDeleted, agent.organizationId)).toHaveLength(1)
})

it('answers the id of another organisation like one that never was, whatever is asked', async () => {
  const { deal } = await withDeal()
  const stranger = await crm.signIn()
  const ask = (path: string) =>
    Promise.all([stranger.get(path), stranger.patch(path, { stage: 'won' }, { version: 1 }), stranger.delete(path), stranger.get(`${path}/timeline`)])
  const [forTheirs, forRandom] = [await ask(`/deals/${deal.id}`), await ask(`/deals/${crypto.randomUUID()}`)]
  const shape = (answers: typeof forTheirs) => answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
  expect(shape(forTheirs)).toEqual(shape(forRandom))
  expect(forTheirs.map(({ status }) => status)).toEqual([404, 404, 404, 404])
})

it('needs the permission, for each thing its own', async () => {
  const { agent, path } = await withDeal()
  const { organizationId } = agent
  const [viewer, member] = [await crm.signIn({ role: 'viewer', organizationId }), await crm.signIn({ role: 'member', organizationId })]
  const blind = await crm.signIn({ organizationId, permissions: ['crm.contact.read'] })
  expect((await viewer.post('/deals', { title: 'x' })).status).toBe(403)
  expect((await viewer.get(path)).status).toBe(200)
  expect((await viewer.patch(path, { title: 'x' }, { version: 1 })).status).toBe(403)
  expect((await member.delete(path)).status).toBe(403)
  for (const place of ['/deals', path, `${path}/timeline`]) expect((await blind.get(place)).status).toBe(403)
})

it('loses a deleted contact and a deleted company, each with an event', async () => {
  const { agent, company, ada, deal, path } = await withDeal()
  await agent.delete(`/contacts/${ada.id}`)
  await agent.delete(`/companies/${company.id}`)
  await crm.settle()
  expect((await agent.get(path)).body).toMatchObject({ contacts: [], companyId: null, companyName: null, version: 3 })
  const told = await crm.emitted(dealUpdated, agent.organizationId)
  expect(told.map(({ data }) => data.changes)).toEqual(
    expect.arrayContaining([{ contacts: { from: deal.contacts, to: [] } }, { companyId: { from: company.id, to: null } }]),
  )
})

it('tells its own story, newest first', async () => {
  const { agent, path } = await withDeal()
  await agent.patch(path, { stage: 'won' }, { version: 1 })
  await crm.settle()
  const { items } = (await agent.get(`${path}/timeline`)).body
  expect(items).toMatchObject([{ type: 'deal.stage.changed', data: { from: 'new', to: 'won' }, actor: { id: agent.userId } }, { type: 'deal.created' }])
})
