import { companyUpdated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const make = async (agent: Agent, name: string, parentId: string | null = null) => (await agent.post('/companies', { name, parentId })).body
const move = (agent: Agent, { id, version = 1 }: { id: string; version?: number }, parentId: string | null) =>
  agent.patch(`/companies/${id}`, { parentId }, { version })

it('lists what belongs to a company', async () => {
  const agent = await crm.signIn()
  const top = await make(agent, 'Top')
  await make(agent, 'Below', top.id)
  await make(agent, 'Beside')
  expect((await agent.get(`/companies?parentId=${top.id}`)).body.items.map(({ name }: { name: string }) => name)).toEqual(['Below'])
})

it('never lets a company belong to itself, over whatever others', async () => {
  const agent = await crm.signIn()
  const top = await make(agent, 'Top')
  const middle = await make(agent, 'Middle', top.id)
  const low = await make(agent, 'Low', middle.id)
  for (const parent of [top, middle, low]) expect(await move(agent, top, parent.id)).toMatchObject({ status: 422, body: { code: 'crm.company.parent_cycle' } })
  expect((await move(agent, low, top.id)).status).toBe(200)
})

it('stays a tree when two become each other’s parent at the same moment', async () => {
  const agent = await crm.signIn()
  for (let round = 0; round < 5; round++) {
    const [one, two] = [await make(agent, 'One'), await make(agent, 'Two')]
    const answers = await Promise.all([move(agent, one, two.id), move(agent, two, one.id)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
  }
})

it('is ten levels high at most, wherever it grows', async () => {
  const agent = await crm.signIn()
  let last = await make(agent, 'Level 1')
  for (let level = 2; level <= 10; level++) last = await make(agent, `Level ${level}`, last.id)
  expect(await agent.post('/companies', { name: 'Level 11', parentId: last.id })).toMatchObject({ status: 422, body: { code: 'crm.company.tree_too_deep' } })
  const [first] = (await agent.get('/companies?search=Level%201&sort=createdAt&direction=asc')).body.items
  const roof = await make(agent, 'Roof')
  expect(await move(agent, first, roof.id)).toMatchObject({ status: 422, body: { code: 'crm.company.tree_too_deep' } })
})

it('lets go of what belonged to a deleted company, and takes no deleted parent', async () => {
  const agent = await crm.signIn()
  const top = await make(agent, 'Top')
  const below = await make(agent, 'Below', top.id)
  await agent.delete(`/companies/${top.id}`)
  await crm.settle()
  expect((await agent.get(`/companies/${below.id}`)).body).toMatchObject({ parentId: null, version: 2 })
  expect(await crm.emitted(companyUpdated, agent.organizationId)).toMatchObject([
    { data: { companyId: below.id, changes: { parentId: { from: top.id, to: null } } } },
  ])
  expect((await move(agent, { id: below.id, version: 2 }, top.id)).body).toMatchObject({ code: 'crm.company.unknown' })
})
