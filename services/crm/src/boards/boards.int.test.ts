import { dealRanked, type Board, type BoardColumn, type BoardLane } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { withAdmin } from '@ai-crm/testing/cluster'
import { generated } from '@ai-crm/testing/generated'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { tellRules } from '../stages/rule-fixture.ts'

const crm = await startService(service)

const made = async (agent: Agent, body: object) => (await agent.post('/deals', body)).body
const board = async (agent: Agent, query = ''): Promise<Board> => (await agent.get(`/boards${query}`)).body
const column = async (agent: Agent, stage: string, query = ''): Promise<BoardColumn> => {
  const found = (await board(agent, query)).columns.find((one) => one.stage === stage)
  if (!found) throw new Error(stage)
  return found
}
const titles = ({ cards }: BoardColumn) => cards.map(({ title }) => title)

async function withDeals(names: readonly string[], stage = 'new') {
  const agent = await crm.signIn()
  const deals = new Map<string, { id: string }>()
  for (const title of names.toReversed()) deals.set(title, await made(agent, { title, stage }))
  const id = (title: string) => deals.get(title)?.id
  const move = (title: string, body: object, by = agent) => by.post(`/deals/${id(title)}/move`, { from: stage, ...body })
  return { agent, id, move }
}

it('shows the columns of the first pipeline, what came last on top, with totals of all that is there', async () => {
  const { agent, move } = await withDeals(['A', 'B', 'C'])
  await made(agent, { title: 'D', stage: 'won', amountMinor: 500, currency: 'EUR' })
  await move('C', { stage: 'won', fields: { amountMinor: 250, currency: 'EUR' } })
  const { columns } = await board(agent, '?limit=1')
  expect(columns.map(({ stage }) => stage)).toEqual(['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'])
  expect(columns[0]).toMatchObject({ totals: { count: 2, sums: [] }, cards: [{ title: 'A', openTasks: 0, nextTaskDueAt: null, companyName: null }] })
  expect(columns[4]).toMatchObject({ totals: { count: 2, sums: [{ currency: 'EUR', amountMinor: 750 }] }, cards: [{ title: 'C' }] })
  const next = await agent.get(`/boards/stages/new?limit=1&cursor=${columns[0]?.nextCursor}`)
  expect(next.body).toMatchObject({ cards: [{ title: 'B' }], nextCursor: null })
  const decided = await agent.get(`/boards/stages/won?limit=1&cursor=${columns[4]?.nextCursor}`)
  expect(decided.body).toMatchObject({ cards: [{ title: 'D' }], nextCursor: null })
  expect((await agent.get(`/boards/stages/lost?cursor=${columns[0]?.nextCursor}`)).status).toBe(400)
})

it('puts a deal before or after the one that is named, within its column and into another, and tells of it', async () => {
  const { agent, id, move } = await withDeals(['A', 'B', 'C'])
  await move('C', { beforeId: id('B') })
  expect(titles(await column(agent, 'new'))).toEqual(['A', 'C', 'B'])
  await move('A', { afterId: id('B') })
  expect(titles(await column(agent, 'new'))).toEqual(['C', 'B', 'A'])
  await move('A', {})
  expect(titles(await column(agent, 'new'))).toEqual(['A', 'C', 'B'])
  expect(await crm.emitted(dealRanked, agent.organizationId)).toHaveLength(3)
  expect((await move('A', {})).body.version).toBe(3)
  await made(agent, { title: 'D', stage: 'won' })
  await move('B', { stage: 'proposal' })
  await move('C', { stage: 'proposal', afterId: id('B'), beforeId: null })
  expect(titles(await column(agent, 'proposal'))).toEqual(['B', 'C'])
  // A neighbour that is not there any more counts as none.
  await move('A', { stage: 'proposal', afterId: crypto.randomUUID(), beforeId: id('C') })
  expect(titles(await column(agent, 'proposal'))).toEqual(['B', 'A', 'C'])
})

it('makes room where deals were moved into the same gap again and again', async () => {
  const { agent, id, move } = await withDeals(['A', 'B', 'C', 'D', 'E'])
  const narrowed = `(select rank from crm.deal where id = '${id('B')}') + ('0.' || repeat('0', 210) || '1')::numeric`
  await crm.database.asAdmin(`update crm.deal set rank = ${narrowed} where id = '${id('C')}'`)
  await move('E', { beforeId: id('C') })
  expect(titles(await column(agent, 'new'))).toEqual(['A', 'B', 'E', 'C', 'D'])
  expect((await crm.emitted(dealRanked, agent.organizationId)).map(({ data }) => data.dealId).toSorted()).toEqual([id('C'), id('E')].toSorted())
  const ranks = await crm.database.asAdmin(`select rank::text, version from crm.deal where organization_id = '${agent.organizationId}' and title in ('C', 'E')`)
  for (const { rank, version } of ranks) expect([String(rank).length < 20, version]).toEqual([true, 2])
})

it('leaves a deal alone that goes to another column while room is made, and tells nothing of it', async () => {
  const { agent, id, move } = await withDeals(['A', 'B', 'C', 'D'])
  const narrowed = `(select rank from crm.deal where id = '${id('B')}') + ('0.' || repeat('0', 210) || '1')::numeric`
  await crm.database.asAdmin(`update crm.deal set rank = ${narrowed} where id = '${id('C')}'`)
  const { cluster, name } = crm.database
  await withAdmin(cluster, name, async (run) => {
    await run('begin')
    await run(`update crm.deal set stage = 'proposal', rank = 7 where id = '${id('C')}'`)
    const moving = move('D', { beforeId: id('C') })
    await new Promise((resolve) => setTimeout(resolve, 300))
    await run('commit')
    expect((await moving).status).toBe(200)
  })
  const [left] = await crm.database.asAdmin(`select stage, rank::text from crm.deal where id = '${id('C')}'`)
  expect(left).toEqual({ stage: 'proposal', rank: '7' })
  expect((await crm.emitted(dealRanked, agent.organizationId)).map(({ data }) => data.dealId)).not.toContain(id('C'))
})

it('shows a retired stage as long as there is something in it', async () => {
  const { agent } = await withDeals(['A'])
  await tellRules(crm, agent.organizationId, {})
  const retire = (stage: string) =>
    crm.database
      .asAdmin(`insert into crm.stage select organization_id, '${stage}', pipeline_id, pipeline_name, pipeline_position, '${stage}', kind, position, probability, color,
             rotting_days, rules, 'new', version from crm.stage where organization_id = '${agent.organizationId}' and id = 'new'`)
  await retire('empty')
  await retire('filled')
  await crm.database.asAdmin(`update crm.deal set stage = 'filled' where organization_id = '${agent.organizationId}'`)
  const columns = (await board(agent)).columns.map(({ stage, cards }) => [stage, cards.map(({ title }) => title)])
  expect(columns).toContainEqual(['filled', ['A']])
  expect(columns.map(([stage]) => stage)).not.toContain('empty')
})

it('finds short ranks for long: hundreds of moves into one gap need no room', async () => {
  const { agent, id, move } = await withDeals(['A', 'B', 'C', 'D'])
  for (let nth = 0; nth < 30; nth++) await move(nth % 2 ? 'C' : 'D', { afterId: id('A') })
  expect(titles(await column(agent, 'new'))).toEqual(['A', 'C', 'D', 'B'])
  const [longest] = await crm.database.asAdmin(`select max(length(rank::text)) as digits from crm.deal where organization_id = '${agent.organizationId}'`)
  expect(Number(longest?.['digits'])).toBeLessThan(20)
})

async function requireTrueTotals({ organizationId }: Agent): Promise<void> {
  const [found] = await crm.database.asAdmin(`
    with kept as (
      select stage, currency, sum(deals) as deals, sum(amount) as amount from (
        select stage, currency, deals, amount_minor as amount from crm.stage_total where organization_id = '${organizationId}'
        union all select stage, currency, deals, amount_minor from crm.stage_delta where organization_id = '${organizationId}') as added
       group by 1, 2 having sum(deals) <> 0 or sum(amount) <> 0
    ), counted as (
      select stage, coalesce(currency, '') as currency, count(*)::numeric as deals, coalesce(sum(amount_minor), 0) as amount from crm.deal
       where organization_id = '${organizationId}' and deleted_at is null group by 1, 2
    ) select coalesce(json_agg(different), '[]') as differences from (
      (table kept except table counted) union all (table counted except table kept)) as different`)
  expect(found?.['differences']).toEqual([])
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('make' as const), stage: fc.constantFrom('new', 'proposal', 'won'), amountMinor: fc.integer({ min: 0, max: 900 }) }),
  fc.record({
    kind: fc.constant('edit' as const),
    nth: fc.nat(5),
    amountMinor: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
    isRouble: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('move' as const), nth: fc.nat(5), stage: fc.constantFrom('new', 'proposal', 'won', 'lost') }),
  fc.record({ kind: fc.constant('drop' as const), nth: fc.nat(5) }),
  fc.record({ kind: fc.constant('bulk' as const), stage: fc.constantFrom('new', 'lost'), isUndone: fc.boolean() }),
  fc.record({ kind: fc.constant('restore' as const), nth: fc.nat(5) }),
)

it('keeps totals that are what counting would give, after any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (history) => {
      const agent = await crm.signIn()
      const ids: string[] = []
      const pick = (nth: number) => ids[nth % Math.max(ids.length, 1)] ?? crypto.randomUUID()
      const operate = async (path: string, body?: object) => {
        const { id } = (await agent.post(path, body)).body
        await crm.settle()
        return id
      }
      const chosen = () => ({ record: 'deal', selection: { ids: [...ids] } })
      for (const one of history) {
        if (one.kind === 'make') ids.push((await made(agent, { title: 'A', stage: one.stage, amountMinor: one.amountMinor, currency: 'EUR' })).id)
        else if (ids.length === 0) continue
        else if (one.kind === 'edit') {
          const { version } = (await agent.get(`/deals/${pick(one.nth)}`)).body
          const currency = one.amountMinor === null ? null : one.isRouble ? 'RUB' : 'EUR'
          await agent.patch(`/deals/${pick(one.nth)}`, { amountMinor: one.amountMinor, currency }, { version: version ?? 1 })
        } else if (one.kind === 'move') {
          const { stage } = (await agent.get(`/deals/${pick(one.nth)}`)).body
          await agent.post(`/deals/${pick(one.nth)}/move`, { from: stage ?? 'new', stage: one.stage })
        } else if (one.kind === 'drop') await agent.delete(`/deals/${pick(one.nth)}`)
        else if (one.kind === 'restore') await operate('/record-operations', { record: 'deal', selection: { ids: [pick(one.nth)] }, action: { do: 'restore' } })
        else {
          const id = await operate('/record-operations', { ...chosen(), action: { do: 'change', set: { stage: one.stage } } })
          if (one.isUndone) await operate(`/record-operations/${id}/undo`)
        }
      }
      await requireTrueTotals(agent)
    }),
    generated(12),
  )
}, 120_000)

it('folds what was added to the totals, and shows the same before and after', async () => {
  const { agent } = await withDeals([])
  const { organizationId } = agent
  await made(agent, { title: 'A', amountMinor: 5, currency: 'EUR' })
  await crm.database.asAdmin(`insert into crm.deal (organization_id, title, stage, contacts, amount_minor, currency)
    select '${organizationId}', 'Deal ' || n, 'new', '[]', 1, 'EUR' from generate_series(1, 300) n`)
  const changed = Array.from(
    { length: 300 },
    (_, nth) => `update crm.deal set amount_minor = ${nth} where organization_id = '${organizationId}' and title = 'Deal 1'`,
  )
  await crm.database.asAdmin(changed.join(';'))
  const [left] = await crm.database.asAdmin(`select count(*)::int as count from crm.stage_delta where organization_id = '${organizationId}'`)
  expect(Number(left?.['count'])).toBeLessThan(300)
  await requireTrueTotals(agent)
  expect((await column(agent, 'new')).totals).toEqual({ count: 301, sums: [{ currency: 'EUR', amountMinor: 5 + 299 + 299 }] })
})

it('counts for each what they see: within reach, by filters, and no amounts where the role hides them', async () => {
  const { agent } = await withDeals([])
  const { organizationId } = agent
  for (const title of ['Mine', 'Other']) await made(agent, { title, amountMinor: 100, currency: 'EUR' })
  const permissions = ['crm.deal.read', 'crm.deal.create'] as const
  const narrow = await crm.signIn({ organizationId, permissions, scopes: { deal: { read: 'own', write: 'own' } } })
  await made(narrow, { title: 'Narrow', amountMinor: 7, currency: 'EUR' })
  expect((await column(narrow, 'new')).totals).toEqual({ count: 1, sums: [{ currency: 'EUR', amountMinor: 7 }] })
  expect(titles(await column(narrow, 'new'))).toEqual(['Narrow'])
  expect((await column(agent, 'new', '?search=Mine')).totals).toEqual({ count: 1, sums: [{ currency: 'EUR', amountMinor: 100 }] })
  const blind = await crm.signIn({ organizationId, permissions, fields: { deal: { amountMinor: 'hidden' } } })
  const seen = await column(blind, 'new')
  expect(seen.totals).toEqual({ count: 3, sums: [] })
  expect(JSON.stringify(seen)).not.toMatch(/amountMinor/)
  expect((await board(await crm.signIn())).columns.every(({ totals }) => totals.count === 0)).toBe(true)
  expect((await agent.get(`/boards?pipelineId=${crypto.randomUUID()}`)).status).toBe(404)
  expect((await (await crm.signIn({ organizationId, permissions: [] })).get('/boards')).status).toBe(403)
})

it('counts tasks only for whoever may read some', async () => {
  const { agent, id } = await withDeals(['A'])
  await agent.post('/tasks', { title: 'Call', dealId: id('A') })
  const { organizationId } = agent
  const [reader, blind] = [
    await crm.signIn({ organizationId, permissions: ['crm.deal.read', 'crm.task.read'] }),
    await crm.signIn({ organizationId, permissions: ['crm.deal.read'] }),
  ]
  expect((await column(reader, 'new')).cards).toMatchObject([{ openTasks: 1 }])
  expect((await column(blind, 'new')).cards).toMatchObject([{ openTasks: 0, nextTaskDueAt: null }])
})

it('divides the columns into lanes by a field', async () => {
  const { agent } = await withDeals(['A', 'B'])
  await made(agent, { title: 'C', stage: 'won', ownerId: null })
  const { items } = (await agent.get('/boards/lanes?laneBy=ownerId')).body
  expect(items).toEqual([
    { value: agent.userId, columns: [{ stage: 'new', totals: { count: 2, sums: [] } }] },
    { value: null, columns: [{ stage: 'won', totals: { count: 1, sums: [] } }] },
  ])
  expect((await agent.get('/boards/lanes?laneBy=title')).status).toBe(400)
})

it('brings the fullest two hundred lanes, and says that there are more', async () => {
  const { agent } = await withDeals([])
  const { organizationId } = agent
  const insert = (lanes: number, deals: number) =>
    crm.database.asAdmin(`insert into crm.deal (organization_id, title, stage, contacts, owner_id)
      select '${organizationId}', 'D', 'new', '[]', md5(concat(${deals}, '-', lane))::uuid
        from generate_series(1, ${lanes}) lane, generate_series(1, ${deals})`)
  await insert(200, 2)
  const lanes = async () => (await agent.get('/boards/lanes?laneBy=ownerId')).body
  expect((await lanes()).hasMore).toBe(false)
  await insert(1, 1)
  const { items, hasMore } = await lanes()
  expect([items.length, hasMore]).toEqual([200, true])
  expect(new Set(items.map(({ columns: [column] }: BoardLane) => column?.totals.count))).toEqual(new Set([2]))
})

it('says which deals rules would stop that are not there yet, and changes nothing', async () => {
  const { agent } = await withDeals(['A', 'B'], 'qualified')
  await made(agent, { title: 'Ready', stage: 'qualified', amountMinor: 5, currency: 'EUR' })
  await tellRules(crm, agent.organizationId, {})
  const { status, body } = await agent.post('/boards/simulation', { stage: 'proposal', rules: { requiredFields: ['amountMinor'] } })
  expect([status, body]).toMatchObject([200, { checked: 3, stopped: 2 }])
  expect(body.items.map(({ title }: { title: string }) => title).toSorted()).toEqual(['A', 'B'])
  const member = await crm.signIn({ organizationId: agent.organizationId, permissions: ['crm.deal.read'] })
  expect((await member.post('/boards/simulation', { stage: 'proposal', rules: {} })).status).toBe(403)
  const blind = await crm.signIn({ organizationId: agent.organizationId, permissions: ['pipeline.pipeline.manage'] })
  expect((await blind.post('/boards/simulation', { stage: 'proposal', rules: {} })).status).toBe(403)
  expect((await agent.post('/boards/simulation', { stage: 'nowhere', rules: {} })).status).toBe(404)
})
