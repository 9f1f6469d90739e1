import { companyDeleted, companyMerged, companyRestored, companyUnmerged, contactUpdated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const make = async (agent: Agent, path: string, fields: object) => (await agent.post(path, fields)).body
const read = async (agent: Agent, id: string) => (await agent.get(`/companies/${id}`)).body
type Thing = { id: string; version: number }
const merge = (agent: Agent, survivor: Thing, other: Thing, take: string[] = []) =>
  agent.post(`/companies/${survivor.id}/merge`, { otherId: other.id, otherVersion: other.version, take }, { 'if-match': `"${survivor.version}"` })
const undo = (agent: Agent, mergeId: string) => agent.post(`/company-merges/${mergeId}/undo`)

async function two(agent: Agent) {
  const acme = await make(agent, '/companies', { name: 'Acme', domains: ['acme.example'], industry: 'Rockets' })
  const double = await make(agent, '/companies', { name: 'ООО Акме', domains: ['acme.test'], website: 'https://acme.test' })
  const person = await make(agent, '/contacts', { name: 'Wile', companyId: double.id })
  const deal = await make(agent, '/deals', { title: 'Anvils', companyId: double.id })
  const daughter = await make(agent, '/companies', { name: 'Daughter', parentId: double.id })
  return { acme, double, person, deal, daughter }
}

it('takes one company into another with its people, deals and daughters, and gives them back', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const { acme, double, person, deal, daughter } = await two(agent)
  const places = async () => ({
    person: (await agent.get(`/contacts/${person.id}`)).body,
    deal: (await agent.get(`/deals/${deal.id}`)).body.companyId,
    parent: (await read(agent, daughter.id)).parentId,
  })
  const { status, body } = await merge(agent, acme, double)
  expect({ status, body }).toMatchObject({ status: 200, body: { state: 'merged', mergedName: 'ООО Акме' } })
  expect(await read(agent, acme.id)).toMatchObject({ name: 'Acme', domains: ['acme.example', 'acme.test'], website: 'https://acme.test', industry: 'Rockets' })
  expect(await places()).toMatchObject({ person: { companyId: acme.id, company: 'Acme' }, deal: acme.id, parent: acme.id })
  expect(await agent.get(`/companies/${double.id}`)).toMatchObject({ status: 404, body: { code: 'crm.record.merged', context: { mergedInto: acme.id } } })
  expect((await crm.emitted(contactUpdated, organizationId)).at(-1)?.data.changes).toEqual({
    companyId: { from: double.id, to: acme.id },
    company: { from: 'ООО Акме', to: 'Acme' },
  })
  await crm.settle()
  expect((await places()).person).toMatchObject({ companyId: acme.id, company: 'Acme' })

  expect((await undo(agent, body.id)).body.state).toBe('separated')
  expect(await read(agent, acme.id)).toMatchObject({ domains: ['acme.example'], website: null })
  expect(await read(agent, double.id)).toMatchObject({ name: 'ООО Акме', domains: ['acme.test'], website: 'https://acme.test' })
  expect(await places()).toMatchObject({ person: { companyId: double.id, company: 'ООО Акме' }, deal: double.id, parent: double.id })
  const told = await Promise.all(
    [companyMerged, companyDeleted, companyUnmerged, companyRestored].map((event) => crm.emitted<typeof event>(event, organizationId)),
  )
  expect(told.map((events) => events.length)).toEqual([1, 1, 1, 1])
})

it('keeps the tree a tree, whichever of the two stood above the other', async () => {
  const agent = await crm.signIn()
  const top = await make(agent, '/companies', { name: 'Top' })
  const middle = await make(agent, '/companies', { name: 'Middle', parentId: top.id })
  const below = await make(agent, '/companies', { name: 'Below', parentId: middle.id })
  const { body } = await merge(agent, below, top)
  expect(body.state).toBe('merged')
  expect(await read(agent, below.id)).toMatchObject({ parentId: null })
  expect(await read(agent, middle.id)).toMatchObject({ parentId: below.id })
  await undo(agent, body.id)
  expect((await read(agent, middle.id)).parentId).toBe(top.id)
  expect((await read(agent, below.id)).parentId).toBe(middle.id)
  const upward = await merge(agent, await read(agent, top.id), await read(agent, below.id), ['parentId'])
  expect(upward.status).toBe(200)
  expect((await read(agent, top.id)).parentId).toBeNull()
})

it('takes its people along under the name that was chosen', async () => {
  const agent = await crm.signIn()
  const { acme, double, person } = await two(agent)
  const own = await make(agent, '/contacts', { name: 'Own', companyId: acme.id })
  const { body } = await merge(agent, acme, double, ['name'])
  await crm.settle()
  for (const { id } of [person, own]) expect((await agent.get(`/contacts/${id}`)).body).toMatchObject({ companyId: acme.id, company: 'ООО Акме' })
  await undo(agent, body.id)
  await crm.settle()
  expect((await agent.get(`/contacts/${own.id}`)).body).toMatchObject({ companyId: acme.id, company: 'Acme' })
  expect((await agent.get(`/contacts/${person.id}`)).body).toMatchObject({ companyId: double.id, company: 'ООО Акме' })
})
