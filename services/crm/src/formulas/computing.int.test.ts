import { fieldUpdated } from '@ai-crm/contracts'
import { createLogger, openSearchIndex } from '@ai-crm/platform'
import { startService, type Agent, type TestService } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { expect, it, onTestFinished } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { compute, computeFormulas } from './compute-formulas.ts'

const crm = await startService(service)

const make = async (agent: Agent, label: string, kind: string, formula: string) => (await agent.post('/fields', { record: 'deal', label, kind, formula })).body
const rowOf = async (id: string, of: TestService = crm) => {
  const [row] = await of.database.asAdmin(`select version, formula_round as round, is_computing as "isComputing" from crm.field where id = '${id}'`)
  return { version: Number(row?.['version']), round: Number(row?.['round']), isComputing: row?.['isComputing'] === true }
}
const computed = (id: string, of?: TestService) => eventually(async () => expect(await rowOf(id, of)).toMatchObject({ isComputing: false }))

it('is said to be done whatever else of the field was changed meanwhile, and not while a newer formula waits', async () => {
  const agent = await crm.signIn()
  const { id } = await make(agent, 'Length', 'number', 'LENGTH(title)')
  await computed(id)
  await crm.database.asAdmin(`update crm.field set is_computing = true, formula_round = formula_round + 1 where id = '${id}'`)
  const { round, version } = await rowOf(id)
  await agent.patch(`/fields/${id}`, { label: 'Letters' }, { version })
  const done = (of: number) => compute(crm.ctx(agent.organizationId) as Ctx, { record: 'deal', afterId: null, rounds: { [id]: of } })
  await done(round - 1)
  expect(await rowOf(id)).toMatchObject({ isComputing: true })
  await done(round)
  expect(await rowOf(id)).toMatchObject({ isComputing: false })
})

it('is said of what a job from before there were rounds has waited for', async () => {
  const agent = await crm.signIn()
  const { id } = await make(agent, 'Length', 'number', 'LENGTH(title)')
  await computed(id)
  await crm.database.asAdmin(`update crm.field set is_computing = true, formula_round = 0 where id = '${id}'`)
  const waiting = computeFormulas.payload.parse({ record: 'deal', afterId: null, versions: { [id]: 7 } })
  await compute(crm.ctx(agent.organizationId) as Ctx, waiting)
  expect(await rowOf(id)).toMatchObject({ isComputing: false })
})

it('is said of every formula that follows from a changed one', async () => {
  const agent = await crm.signIn()
  const base = await make(agent, 'Base', 'number', '1')
  const twice = await make(agent, 'Twice', 'number', 'base * 2')
  const more = await make(agent, 'More', 'number', 'twice + 1')
  const apart = await make(agent, 'Apart', 'number', '7')
  const all = [base, twice, more, apart]
  for (const { id } of all) await computed(id)
  await agent.patch(`/fields/${base.id}`, { formula: '2' }, { version: (await rowOf(base.id)).version })
  for (const { id } of all) await computed(id)
  const told = await crm.emitted(fieldUpdated, agent.organizationId)
  const begun = told.filter(({ data }) => data.changes.isComputing?.to === true).map(({ data }) => data.fieldId)
  expect(begun.toSorted()).toEqual([base.id, twice.id, more.id].toSorted())
})

it('tells an index beside the database of words that have changed, and of nothing else', async () => {
  const search = await openSearchIndex({ url: 'http://127.0.0.1:9', prefix: 'away', log: createLogger({ level: 'silent', isPretty: false }) })
  onTestFinished(() => search.close())
  const indexed = await startService(service, { search })
  const agent = await indexed.signIn()
  await agent.post('/deals', { title: 'One' })
  await agent.post('/deals', { title: 'Two' })
  await indexed.settle()
  const waiting = async () => Number((await indexed.database.asAdmin('select count(*)::int as count from crm.search_change'))[0]?.['count'])
  expect(await waiting()).toBe(2)
  const { id } = await make(agent, 'Length', 'number', 'LENGTH(title)')
  await computed(id, indexed)
  expect(await waiting()).toBe(2)
  const words = await make(agent, 'Words', 'text', "IF(title = 'One', 'telltale', '')")
  await computed(words.id, indexed)
  expect(await waiting()).toBe(3)
})
