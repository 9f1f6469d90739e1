import { dealUpdated, memberRemoved, teamCreated, type Permission, type RecordScope } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const permissions: readonly Permission[] = ['crm.deal.read', 'crm.deal.create', 'crm.deal.update', 'crm.deal.delete']
const colleague = ({ organizationId }: Agent, read: RecordScope, write: RecordScope = read) =>
  crm.signIn({ organizationId, userId: crypto.randomUUID(), permissions, scopes: { deal: { read, write } } })
const make = async (agent: Agent, deal: object = {}) => (await agent.post('/deals', { title: 'Turbines', ...deal })).body
const titlesIn = async (agent: Agent, query = '') => (await agent.get(`/deals${query}`)).body.items.map(({ title }: { title: string }) => title).toSorted()

it('is seen as far as the role reaches, in lists, searches and stories', async () => {
  const owner = await crm.signIn()
  const [own, team] = [await colleague(owner, 'own'), await colleague(owner, 'team')]
  await crm.deliver(teamCreated({ teamId: crypto.randomUUID(), name: 'North', leadId: null, memberIds: [own.userId, team.userId] }), {
    organizationId: owner.organizationId,
  })
  await make(owner, { title: 'Mine', ownerId: own.userId })
  await make(owner, { title: 'Nobody’s', ownerId: null })
  const foreign = await make(owner, { title: 'Foreign' })
  expect([await titlesIn(own), await titlesIn(team), await titlesIn(own, '?search=foreign')]).toEqual([['Mine'], ['Mine', 'Nobody’s'], []])
  for (const path of [`/deals/${foreign.id}`, `/deals/${foreign.id}/timeline`]) expect((await own.get(path)).status).toBe(404)
})

it('is locked for whoever may read and not change it, which changes nothing', async () => {
  const owner = await crm.signIn()
  const reader = await colleague(owner, 'all', 'own')
  const deal = await make(owner)
  const path = `/deals/${deal.id}`
  for (const answer of [await reader.patch(path, { stage: 'won' }, { version: 1 }), await reader.delete(path)])
    expect(answer).toMatchObject({ status: 403, body: { code: 'platform.record_locked' } })
  expect((await owner.get(path)).body).toEqual(deal)
})

it('leaves a hidden amount out of every answer with its currency, sorts by nothing that is hidden, and lets nobody write it', async () => {
  const owner = await crm.signIn()
  const fields = { deal: { amountMinor: 'hidden', expectedCloseOn: 'hidden' } } as const
  const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions, fields })
  const { id } = await make(owner, { amountMinor: 987_654, currency: 'CHF', expectedCloseOn: '2027-03-04' })
  await owner.patch(`/deals/${id}`, { amountMinor: 987_655 }, { version: 1 })
  await crm.settle()
  const changed = await clerk.patch(`/deals/${id}`, { title: 'Renamed' }, { version: 2 })
  for (const { status, raw } of [changed, await clerk.get(`/deals/${id}`), await clerk.get('/deals'), await clerk.get(`/deals/${id}/timeline`)]) {
    expect(status).toBe(200)
    expect(raw.toString()).not.toMatch(/98765|CHF|2027-03-04|amountMinor|currency/)
  }
  expect((await clerk.get('/deals?sort=expectedCloseOn')).status).toBe(403)
  for (const change of [{ amountMinor: 1 }, { currency: 'EUR' }, { expectedCloseOn: null }])
    expect(await clerk.patch(`/deals/${id}`, change, { version: 3 })).toMatchObject({ status: 403, body: { code: 'platform.field_denied' } })
})

it('goes over to the heir of whoever left, each with its event', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const [gone, heir] = [crypto.randomUUID(), crypto.randomUUID()]
  await crm.database.asAdmin(`insert into crm.deal (organization_id, title, stage, contacts, owner_id)
    select '${organizationId}', 'Deal ' || n, 'new', '[]', '${gone}' from generate_series(1, 120) n`)
  await crm.deliver(memberRemoved({ userId: gone, reason: 'left', handedOverTo: heir }), { organizationId })
  await crm.settle()
  expect(await crm.database.asAdmin(`select owner_id, count(*)::int as count from crm.deal where organization_id = '${organizationId}' group by 1`)).toEqual([
    { owner_id: heir, count: 120 },
  ])
  expect(await crm.emitted(dealUpdated, organizationId)).toHaveLength(120)
})
