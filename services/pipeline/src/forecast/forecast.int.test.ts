import {
  currencyRatesUpdated,
  dealCreated,
  dealDeleted,
  dealRestored,
  dealStageChanged,
  dealUpdated,
  type Forecast,
  type ForecastChange,
  type ForecastDealChange,
} from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const pipeline = await startService(service)
const facts = { title: 'Deal', lostReason: null, companyId: null, contacts: [], ownerId: null }
const month = (ahead: number) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10)
}

interface Given {
  readonly amountMinor?: number
  readonly currency?: string
  readonly stage?: string
  readonly closeOn?: string | null
  readonly ownerId?: string | null
}
async function deal({ organizationId }: Agent, { amountMinor = 100_00, currency = 'EUR', stage = 'proposal', closeOn = month(0), ownerId = null }: Given = {}) {
  const dealId = crypto.randomUUID()
  await pipeline.deliver(dealCreated({ ...facts, dealId, stage, amountMinor, currency, expectedCloseOn: closeOn, ownerId }), {
    organizationId,
    aggregateVersion: 1,
  })
  return async (from: string, to: string, aggregateVersion: number) =>
    pipeline.deliver(dealStageChanged({ dealId, from, to }), { organizationId, aggregateVersion })
}
const first = async (agent: Agent): Promise<string> => (await agent.get('/pipelines')).body.items[0].id
const forecast = async (agent: Agent): Promise<Forecast> => (await agent.get(`/pipelines/${await first(agent)}/forecast?months=3`)).body
const partOf = ({ parts }: Forecast, name: string) => parts.find(({ part }) => part === name)

it('tells by month what was won and what is open, and apart what is overdue and what has no date', async () => {
  const agent = await pipeline.signIn()
  await agent.put('/currency-rates', { currency: 'EUR', rates: [{ currency: 'USD', on: '2020-01-01', rate: '0.50' }] }, { 'if-match': '"1"' })
  for (const closeOn of [month(0), month(0), month(1), month(-1), month(9), null]) await deal(agent, { closeOn })
  await deal(agent, { currency: 'USD', closeOn: month(1) })
  await deal(agent, { stage: 'won', amountMinor: 70_00 })
  await deal(agent, { stage: 'lost' })
  const told = await forecast(agent)
  const line = { currency: 'EUR', wonCount: 0, wonMinor: 0 }
  expect(told.parts.map(({ part }) => part)).toEqual(['overdue', ...[0, 1, 2].map((ahead) => month(ahead).slice(0, 7)), 'undated'])
  expect(partOf(told, month(0).slice(0, 7))).toEqual({
    part: month(0).slice(0, 7),
    lines: [{ ...line, wonCount: 1, wonMinor: 70_00, openCount: 2, openMinor: 200_00, weightedMinor: 100_00, empiricalMinor: 100_00 }],
    total: { wonMinor: 70_00, openMinor: 200_00, weightedMinor: 100_00, empiricalMinor: 100_00 },
  })
  expect(partOf(told, month(1).slice(0, 7))?.total).toEqual({ wonMinor: 0, openMinor: 150_00, weightedMinor: 75_00, empiricalMinor: 75_00 })
  expect(partOf(told, 'overdue')?.lines).toMatchObject([{ openCount: 1 }])
  expect(partOf(told, 'undated')?.lines).toMatchObject([{ openCount: 2 }])
  expect([told.currency, told.rates]).toEqual(['EUR', [{ currency: 'USD', on: '2020-01-01', rate: '0.5' }]])
})

it('learns from ten deals or more how often those of a stage are won', async () => {
  const agent = await pipeline.signIn()
  for (let nth = 0; nth < 10; nth++) await (await deal(agent, { stage: 'new' }))('new', nth < 7 ? 'won' : 'lost', 2)
  await deal(agent, { stage: 'new', closeOn: month(1) })
  const told = await forecast(agent)
  expect(told.stages[0]).toEqual({ stage: 'new', probability: 10, decided: 10, won: 7, empirical: 0.7 })
  expect(told.stages[1]).toEqual({ stage: 'qualified', probability: 25, decided: 0, won: 0, empirical: null })
  expect(partOf(told, month(1).slice(0, 7))?.lines).toMatchObject([{ openMinor: 100_00, weightedMinor: 10_00, empiricalMinor: 70_00 }])
})

it('leaves a win in its month when its stage goes, and when it was deleted for a while', async () => {
  const agent = await pipeline.signIn()
  const { organizationId } = agent
  const dealId = crypto.randomUUID()
  const data = { ...facts, dealId, stage: 'won', amountMinor: 100_00, currency: 'EUR', expectedCloseOn: null }
  const wonBefore = `${month(-1)}T12:00:00.000Z`
  const flow = async (from: string, to: string) => (await agent.get(`/pipelines/${await first(agent)}/flow?from=${from}&to=${to}`)).body.won
  const happenings = [
    dealCreated({ ...data, stageEnteredAt: wonBefore }),
    dealStageChanged({ dealId, from: 'won', to: 'also-won', fromKind: 'won', toKind: 'won', reason: 'retired' }),
    dealDeleted({ dealId }),
    dealRestored({ ...data, stage: 'also-won', stageKind: 'won' }),
  ]
  for (const [index, happening] of happenings.entries()) await pipeline.deliver(happening, { organizationId, aggregateVersion: index + 1 })
  expect((await forecast(agent)).parts.flatMap(({ lines }) => lines)).toEqual([])
  expect([await flow(month(-1), month(1)), await flow(month(0), month(1))]).toEqual([1, 0])
})

it('is of the deals within reach, and for nobody from whom amounts or dates are hidden', async () => {
  const owner = await pipeline.signIn()
  const { organizationId } = owner
  const permissions = ['crm.deal.read', 'pipeline.pipeline.read'] as const
  const seller = await pipeline.signIn({ organizationId, permissions, scopes: { deal: { read: 'own', write: 'own' } } })
  await deal(owner, { ownerId: seller.userId })
  await deal(owner, { ownerId: owner.userId })
  const counts = async (agent: Agent) => partOf(await forecast(agent), month(0).slice(0, 7))?.lines[0]?.openCount
  expect([await counts(owner), await counts(seller)]).toEqual([2, 1])
  const path = `/pipelines/${await first(owner)}/forecast`
  expect((await seller.get(`${path}/changes?since=2026-01-01`)).status).toBe(403)
  for (const field of ['amountMinor', 'expectedCloseOn']) {
    const blind = await pipeline.signIn({ organizationId, permissions, fields: { deal: { [field]: 'hidden' } } })
    expect([(await blind.get(path)).status, (await blind.get(`${path}/changes?since=2026-01-01`)).status]).toEqual([403, 403])
  }
  const stranger = await pipeline.signIn()
  expect([(await stranger.get(path)).status, (await stranger.get(`${path}/changes?since=2026-01-01`)).status]).toEqual([404, 404])
})

it('keeps the forecast every week, and says what changed since', async () => {
  const agent = await pipeline.signIn()
  const path = `/pipelines/${await first(agent)}/forecast/changes?since=2026-01-01`
  await deal(agent)
  expect((await agent.get(path)).body).toMatchObject({ takenOn: null, changes: [] })
  const mine = `organization_id = '${agent.organizationId}'`
  const week = async () => {
    await pipeline.database.asAdmin(`update pipeline.job set run_at = now() where ${mine} and name = 'pipeline.take-snapshots' and status = 'waiting'`)
    await pipeline.settle()
  }
  await week()
  await week()
  expect(await pipeline.database.asAdmin(`select part from pipeline.forecast_snapshot where ${mine}`)).toHaveLength(1)
  const planned = await pipeline.database.asAdmin(`select extract(isodow from run_at)::int as day from pipeline.job where ${mine} and status = 'waiting'`)
  expect(planned).toEqual([{ day: 1 }])
  await pipeline.database.asAdmin(`update pipeline.forecast_snapshot set taken_on = taken_on - 7 where ${mine}`)
  await deal(agent, { amountMinor: 50_00 })
  await deal(agent, { closeOn: month(2) })
  const { changes } = (await agent.get(path)).body
  expect(changes.map(({ before, now }: ForecastChange) => [before?.openMinor ?? null, now?.openMinor ?? null])).toEqual([
    [100_00, 150_00],
    [null, 100_00],
  ])
})

it('names the deals behind a change, whose differences come to it', async () => {
  const agent = await pipeline.signIn()
  const { organizationId } = agent
  const pipelineId = await first(agent)
  const ids = new Map<string, string>()
  const make = async (name: string, { amountMinor = 100_00 as number | null, stage = 'proposal' } = {}) => {
    const dealId = crypto.randomUUID()
    ids.set(dealId, name)
    const worth = { amountMinor, currency: amountMinor === null ? null : 'EUR', expectedCloseOn: month(0) }
    await pipeline.deliver(dealCreated({ ...facts, dealId, stage, ...worth }), { organizationId, aggregateVersion: 1 })
    return {
      update: (changes: Parameters<typeof dealUpdated>[0]['changes']) =>
        pipeline.deliver(dealUpdated({ dealId, changes }), { organizationId, aggregateVersion: 2 }),
      move: (from: string, to: string, aggregateVersion = 2) => pipeline.deliver(dealStageChanged({ dealId, from, to }), { organizationId, aggregateVersion }),
      drop: () => pipeline.deliver(dealDeleted({ dealId }), { organizationId, aggregateVersion: 2 }),
    }
  }
  const later = await make('later')
  const dearer = await make('dearer')
  const won = await make('won')
  const lost = await make('lost')
  const gone = await make('gone')
  const further = await make('further')
  const priced = await make('priced', { amountMinor: null })
  const reopened = await make('reopened', { stage: 'lost' })
  await make('same')
  await pipeline.database.asAdmin(`update pipeline.job set run_at = now() where organization_id = '${organizationId}' and name = 'pipeline.take-snapshots'`)
  await pipeline.settle()
  await later.update({ expectedCloseOn: { from: month(0), to: month(1) } })
  await dearer.update({ amountMinor: { from: 100_00, to: 300_00 } })
  await won.move('proposal', 'won')
  await lost.move('proposal', 'lost')
  await gone.drop()
  await further.move('proposal', 'negotiation')
  await priced.update({ amountMinor: { from: null, to: 10_00 }, currency: { from: null, to: 'EUR' } })
  await reopened.move('lost', 'proposal')
  await make('new', { amountMinor: 1_000_00, stage: 'new' })

  const asked = `/pipelines/${pipelineId}/forecast/changes`
  const since = new Date().toISOString().slice(0, 10)
  const deals = async (part: string, who = agent): Promise<{ items: ForecastDealChange[]; nextCursor: string | null }> => {
    const page = (cursor = '') => who.get(`${asked}/deals?since=${since}&part=${part}&currency=EUR&limit=4${cursor && `&cursor=${cursor}`}`)
    let { body } = await page()
    const items = [...body.items]
    while (body.nextCursor) {
      body = (await page(body.nextCursor)).body
      items.push(...body.items)
    }
    return { items, nextCursor: null }
  }
  const told = ({ dealId, kinds, differenceMinor }: ForecastDealChange) => [ids.get(dealId), kinds.join(), differenceMinor]
  const now = await deals(month(0).slice(0, 7))
  expect(now.items.map(told).toSorted()).toEqual([
    ['dearer', 'amount', 100_00],
    ['further', 'stage', 25_00],
    ['gone', 'gone', -50_00],
    ['later', 'month', -50_00],
    ['lost', 'lost', -50_00],
    ['new', 'new', 100_00],
    ['priced', 'amount', 5_00],
    ['reopened', 'reopened', 50_00],
    ['won', 'won', 50_00],
  ])
  const sizes = now.items.map(({ differenceMinor }) => Math.abs(differenceMinor))
  expect(sizes).toEqual(sizes.toSorted((one, other) => other - one))
  expect((await deals(month(1).slice(0, 7))).items.map(told)).toEqual([['later', 'month', 50_00]])

  const { changes } = (await agent.get(`${asked}?since=${since}`)).body
  const expected = (line: ForecastChange['now']) => (line ? line.wonMinor + line.weightedMinor : 0)
  for (const change of changes) {
    const sum = (await deals(change.part)).items.reduce((whole, { differenceMinor }) => whole + differenceMinor, 0)
    expect(sum).toBe(expected(change.now) - expected(change.before))
  }
  const path = `${asked}/deals?since=${since}&part=${month(0).slice(0, 7)}&currency=EUR`
  const seller = await pipeline.signIn({ organizationId, permissions: ['crm.deal.read'], scopes: { deal: { read: 'own', write: 'own' } } })
  const stranger = await pipeline.signIn()
  expect([(await seller.get(path)).status, (await stranger.get(path)).status]).toEqual([403, 404])
})

it('still knows what was won in a month that is over since the forecast was kept', async () => {
  const agent = await pipeline.signIn()
  const { organizationId } = agent
  const [pipelineId, last] = [await first(agent), month(-1)]
  const data = { ...facts, dealId: crypto.randomUUID(), stage: 'won', amountMinor: 100_00, currency: 'EUR', expectedCloseOn: null }
  await pipeline.deliver(dealCreated({ ...data, stageEnteredAt: `${last}T12:00:00.000Z` }), { organizationId, aggregateVersion: 1 })
  await pipeline.database.asAdmin(`
    insert into pipeline.forecast_snapshot (organization_id, pipeline_id, taken_on, part, currency, won_count, won_minor, open_count, open_minor, weighted_minor, empirical_minor)
    values ('${organizationId}', '${pipelineId}', '${last}', '${last.slice(0, 7)}', 'EUR', 1, 10000, 0, 0, 0, 0)`)
  const { changes } = (await agent.get(`/pipelines/${pipelineId}/forecast/changes?since=${last}`)).body
  expect(changes).toEqual([{ part: last.slice(0, 7), currency: 'EUR', before: changes[0].before, now: changes[0].before }])
})

it('keeps dated rates by version, tells of a change, and names what is wrong', async () => {
  const agent = await pipeline.signIn()
  expect((await agent.get('/currency-rates')).body).toEqual({ currency: null, rates: [], version: 1 })
  const rates = [
    { currency: 'USD', on: '2026-01-01', rate: '0.9' },
    { currency: 'USD', on: '2026-02-01', rate: '0.95' },
    // Not yet.
    { currency: 'USD', on: '2999-01-01', rate: '9.5' },
  ]
  const set = (body: unknown, version: number, who = agent) => who.put('/currency-rates', body, { 'if-match': `"${version}"` })
  const stored = await set({ currency: 'EUR', rates }, 1)
  expect(stored.body).toEqual({ currency: 'EUR', rates: rates.toReversed(), version: 2 })
  expect((await set({ currency: 'EUR', rates }, 2)).body.version).toBe(2)
  expect((await set({ currency: 'EUR', rates: rates.map((each) => ({ ...each, rate: `${each.rate}00` })) }, 2)).body.version).toBe(2)
  expect((await set({ currency: 'RUB', rates: [] }, 1)).status).toBe(409)
  expect(await pipeline.emitted(currencyRatesUpdated, agent.organizationId)).toMatchObject([{ data: { currency: 'EUR', rates: rates.toReversed() } }])
  expect((await agent.get('/currency-rates/today?zone=Asia/Tokyo')).body).toEqual({ currency: 'EUR', rates: rates.slice(1, 2) })
  expect((await agent.get('/currency-rates/today?zone=UTC%2B3:00')).status).toBe(400)
  const wrong = [
    { currency: 'EUR', on: '2026-01-01', rate: '1' },
    { currency: 'QQQ', on: '2026-01-01', rate: '1' },
    { currency: 'USD', on: '2026-01-01', rate: '0.0' },
    rates[0],
  ]
  const refused = await set({ currency: 'EUR', rates: wrong }, 2)
  expect([refused.status, refused.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
    422,
    ['/rates/0/currency', '/rates/1/currency', '/rates/2/rate', '/rates/3/on'],
  ])
  const member = await pipeline.signIn({ role: 'member', organizationId: agent.organizationId })
  expect([(await set({ currency: 'EUR', rates: [] }, 2, member)).status, (await member.get('/currency-rates')).body.version]).toEqual([403, 2])
  const stranger = await pipeline.signIn()
  expect((await stranger.get('/currency-rates')).body.rates).toEqual([])
  expect((await stranger.get('/currency-rates/today')).body).toEqual({ currency: null, rates: [] })
})
