import { dealCreated, FIRST_STAGES, type Stage, type StageFlow, type StageKind, type StayOutcome } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import { lockDeal, storeStep } from '../history/deal-state.ts'
import { foldDeal, type DealEvent, type DealState } from '../history/fold-deal.ts'
import service from '../service.ts'

const pipeline = await startService(service)
const HOUR_MS = 3_600_000
const BEGIN = Date.parse('2025-03-20T00:00:00Z')

interface Way {
  readonly pipelineId: string
  readonly stages: readonly Stage[]
}
/** What happens next with a deal: after some hours, somewhere, or that it goes or comes back. */
interface Happening {
  readonly hours: number
  readonly kind: 'move' | 'retire' | 'delete' | 'amount'
  readonly way: number
  readonly stage: number
}
const happening = fc.record<Happening>({
  hours: fc.integer({ min: 0, max: 900 }),
  kind: fc.constantFrom('move', 'move', 'move', 'move', 'retire', 'delete', 'amount'),
  way: fc.integer({ min: 0, max: 1 }),
  stage: fc.integer({ min: 0, max: 99 }),
})
const histories = fc.array(fc.array(happening, { maxLength: 9 }), { minLength: 40, maxLength: 40 })

/** The events of one deal, as crm would tell them. */
function eventsOf(organizationId: string, ways: readonly Way[], happenings: readonly Happening[]): DealEvent[] {
  const dealId = crypto.randomUUID()
  const events: DealEvent[] = []
  let [at, isDeleted, place] = [BEGIN, false, { way: 0, stage: 0 }]
  const stageAt = ({ way, stage }: typeof place) => {
    const { pipelineId = '', stages = [] } = ways[way] ?? {}
    const found = stages[stage % stages.length]
    if (!found) throw new Error('There is no such stage.')
    return { pipelineId, ...found, index: stage % stages.length }
  }
  const envelope = () => ({
    id: crypto.randomUUID(),
    version: 1,
    organizationId,
    aggregate: { type: 'deal', id: dealId, version: events.length + 1 },
    actor: { type: 'user' as const, id: crypto.randomUUID() },
    occurredAt: new Date(at).toISOString(),
    correlationId: crypto.randomUUID(),
    causationId: null,
    depth: 0,
    trace: null,
  })
  const whole = () => {
    const { pipelineId, id: stage, kind: stageKind } = stageAt(place)
    const facts = {
      title: 'Deal',
      amountMinor: 100,
      currency: 'EUR',
      lostReason: null,
      expectedCloseOn: null,
      companyId: null,
      contacts: [],
      ownerId: null,
      custom: {},
    }
    return { ...envelope(), data: { ...facts, dealId, pipelineId, stage, stageKind } }
  }
  events.push({ ...whole(), type: 'deal.created' })
  for (const { hours, kind, way, stage } of happenings) {
    at += hours * HOUR_MS
    if (isDeleted) events.push({ ...whole(), type: 'deal.restored' })
    else if (kind === 'delete') events.push({ ...envelope(), type: 'deal.deleted', data: { dealId } })
    else if (kind === 'amount') events.push({ ...envelope(), type: 'deal.updated', data: { dealId, changes: { amountMinor: { from: 100, to: stage } } } })
    else {
      const [from, to] = [stageAt(place), stageAt({ way, stage })]
      if (from.id === to.id) continue
      const isBack = from.pipelineId === to.pipelineId && to.index < from.index
      const kinds = { fromKind: from.kind, toKind: to.kind, fromPipelineId: from.pipelineId, pipelineId: to.pipelineId }
      const reason = kind === 'retire' ? ('retired' as const) : ('moved' as const)
      events.push({ ...envelope(), type: 'deal.stage.changed', data: { dealId, from: from.id, to: to.id, ...kinds, isBack, reason } })
      place = { way, stage }
    }
    isDeleted = !isDeleted && kind === 'delete'
  }
  return events
}

interface KnownStay {
  readonly dealId: string
  readonly pipelineId: string
  readonly stageId: string
  readonly stageKind: StageKind
  readonly decidedAt: number | null
  readonly sequence: number
  readonly enteredAt: number
  leftAt: number
  outcome: StayOutcome | null
  amountMinor: number | null
}

/** All stays of a deal by its events alone. */
function foldAll(events: readonly DealEvent[]): KnownStay[] {
  const stays: KnownStay[] = []
  let state: DealState | null = null
  for (const event of events) {
    const step = foldDeal(state, event, '')
    if (!step) continue
    const open = stays.at(-1)
    if (step.ended && open) Object.assign(open, { leftAt: step.ended.leftAt.getTime(), outcome: step.ended.outcome, amountMinor: step.ended.amountMinor })
    const { begun } = step
    if (begun)
      stays.push({
        dealId: step.deal.id,
        pipelineId: begun.pipelineId,
        stageId: begun.stageId,
        stageKind: begun.stageKind,
        decidedAt: begun.decidedAt?.getTime() ?? null,
        sequence: begun.sequence,
        enteredAt: begun.enteredAt.getTime(),
        leftAt: Infinity,
        outcome: null,
        amountMinor: null,
      })
    state = step.deal
  }
  return stays
}

async function tell(ctx: Ctx, events: readonly DealEvent[]): Promise<void> {
  for (const event of events)
    await ctx.write(async ({ db }) => {
      const { deal, firstPipelineId } = await lockDeal(db, event.data.dealId)
      const step = foldDeal(deal, event, firstPipelineId)
      if (step) await storeStep(db, step)
    })
}

/** Counted one by one. */
function countedFlow(stays: readonly KnownStay[], stage: string, from: number, to: number) {
  const entries = stays.filter((stay) => stay.stageId === stage && stay.enteredAt >= from && stay.enteredAt < to)
  const ended = (outcome: StayOutcome) => entries.filter((stay) => stay.leftAt < to && stay.outcome === outcome).length
  return {
    entries: entries.length,
    advanced: ended('advanced'),
    movedBack: ended('moved-back'),
    won: ended('won'),
    lost: ended('lost'),
    handedOff: ended('handed-off'),
    deleted: ended('deleted'),
    stillThere: entries.filter((stay) => stay.leftAt >= to).length,
    standing: { count: stays.filter((stay) => stay.stageId === stage && stay.enteredAt < to && stay.leftAt >= to).length },
  }
}

/** As PostgreSQL's percentile_cont has it. */
function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below === undefined || above === undefined ? null : below + (above - below) * (place % 1)
}

/** Won, lost and how long that took, counted one by one. */
function countedClosings(stays: readonly KnownStay[], amounts: ReadonlyMap<string, number | null>, pipelineId: string, from: number, to: number) {
  const standing = stays.filter((stay) => stay.pipelineId === pipelineId && stay.enteredAt < to && stay.leftAt >= to)
  const decided = (kind: StageKind) => standing.filter((stay) => stay.stageKind === kind && (stay.decidedAt ?? 0) >= from)
  const begins = Map.groupBy(stays, ({ dealId }) => dealId)
  const begunAt = ({ dealId }: KnownStay) => Math.min(...(begins.get(dealId) ?? []).map(({ enteredAt }) => enteredAt))
  const won = decided('won')
  const cycles = won.map((stay) => (stay.decidedAt ?? 0) - begunAt(stay))
  const worth = (stay: KnownStay) => stay.amountMinor ?? (stay.leftAt === Infinity ? amounts.get(stay.dealId) : null) ?? 0
  return {
    won: won.length,
    lost: decided('lost').length,
    medianMs: percentile(cycles, 0.5),
    p90Ms: percentile(cycles, 0.9),
    openCount: standing.filter(({ stageKind }) => stageKind === 'open').length,
    averageWonMinor: won.reduce((sum, stay) => sum + worth(stay), 0) / won.length,
  }
}

const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 0))

it('counts every entry of any window once: advanced, moved back, won, lost, handed off, deleted or still there', { timeout: 120_000 }, async () => {
  const agent = await pipeline.signIn()
  const [first] = (await agent.get('/pipelines')).body.items
  const stages = [{ name: 'A' }, { name: 'B' }, { name: 'C', kind: 'won' }, { name: 'D', kind: 'lost' }]
  const { body: second } = await agent.post('/pipelines', { name: 'Second', stages })
  const ways: Way[] = [
    { pipelineId: first.id, stages: FIRST_STAGES },
    { pipelineId: second.id, stages: second.stages },
  ]
  const seed = Math.floor(Math.random() * 2 ** 31)
  const generated = fc
    .sample(histories, { numRuns: 1, seed })
    .flat()
    .map((happenings) => eventsOf(agent.organizationId, ways, happenings))
  // startService serves any service: its tables are erased there and known here.
  const ctx = pipeline.ctx(agent.organizationId) as unknown as Ctx
  for (const events of generated) await tell(ctx, events)

  const stays = generated.flatMap(foldAll)
  const stored = await ctx.db
    .selectFrom('stay')
    .select(['dealId', 'pipelineId', 'stageId', 'stageKind', 'decidedAt', 'sequence', 'enteredAt', 'leftAt', 'outcome', 'amountMinor'])
    .execute()
  const inMs = ({ enteredAt, leftAt, decidedAt, ...row }: (typeof stored)[number]): KnownStay => ({
    ...row,
    enteredAt: enteredAt.getTime(),
    leftAt: leftAt?.getTime() ?? Infinity,
    decidedAt: decidedAt?.getTime() ?? null,
  })
  const keyed = (all: readonly KnownStay[]) => new Map(all.map((stay) => [`${stay.dealId} ${stay.sequence}`, stay]))
  expect(keyed(stored.map(inMs)), `seed ${seed}`).toEqual(keyed(stays))
  const amounts = new Map((await ctx.db.selectFrom('deal').select(['id', 'amountMinor']).execute()).map((deal) => [deal.id, deal.amountMinor]))

  let decided = 0
  const windows = [['2025-03-30', '2025-03-31'], ['2025-10-26', '2025-10-27'], ['2025-01-01', '2027-01-01'], ...fc.sample(randomWindow, { numRuns: 12, seed })]
  for (const [from, to] of windows)
    for (const zone of ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati'])
      for (const { pipelineId } of ways) {
        const { body } = await agent.get(`/pipelines/${pipelineId}/flow?from=${from}&to=${to}&zone=${zone}`)
        for (const stage of body.stages as StageFlow[]) {
          expect(stage, `${from} ${to} ${zone}, seed ${seed}`).toMatchObject(countedFlow(stays, stage.stage, Date.parse(body.from), Date.parse(body.to)))
          expect(stage.advanced + stage.movedBack + stage.won + stage.lost + stage.handedOff + stage.deleted + stage.stillThere).toBe(stage.entries)
        }
        const { won, lost, medianMs, p90Ms, openCount, averageWonMinor } = countedClosings(
          stays,
          amounts,
          pipelineId,
          Date.parse(body.from),
          Date.parse(body.to),
        )
        const { won: shownWon, lost: shownLost, cycle, velocity } = body
        expect({ won: shownWon, lost: shownLost, cycle }, `${from} ${to} ${zone}, seed ${seed}`).toEqual({
          won,
          lost,
          cycle: { medianMs: near(medianMs), p90Ms: near(p90Ms) },
        })
        expect(velocity, `${from} ${to} ${zone}, seed ${seed}`).toEqual(
          won === 0 ? [] : [{ currency: 'EUR', openCount, averageWonMinor: near(averageWonMinor), perDayMinor: expect.any(Number) }],
        )
        decided += won + lost
      }
  // Else the sums above say nothing.
  expect(decided).toBeGreaterThan(0)
})

const day = fc.integer({ min: 0, max: 400 }).map((days) => new Date(BEGIN + days * 24 * HOUR_MS).toISOString().slice(0, 10))
const randomWindow = fc.tuple(day, day).filter(([from, to]) => from < to)

it('counts how long deals stand there up to now, though the window ends later', async () => {
  const agent = await pipeline.signIn()
  const [{ id }] = (await agent.get('/pipelines')).body.items
  const day = (days: number) => new Date(Date.now() + days * 24 * HOUR_MS).toISOString()
  const facts = { title: 'Deal', amountMinor: null, currency: null, lostReason: null, expectedCloseOn: null, companyId: null, contacts: [], ownerId: null }
  await pipeline.deliver(dealCreated({ ...facts, dealId: crypto.randomUUID(), stage: 'new', stageEnteredAt: day(-2) }), {
    organizationId: agent.organizationId,
  })
  const { body } = await agent.get(`/pipelines/${id}/flow?from=${day(-9).slice(0, 10)}&to=${day(90).slice(0, 10)}`)
  expect(Math.round(body.stages[0].standing.medianMs / HOUR_MS)).toBe(48)
})

it('takes the days of the zone as they are long', async () => {
  const agent = await pipeline.signIn()
  const [{ id }] = (await agent.get('/pipelines')).body.items
  const hours = async (from: string, to: string) => {
    const { body } = await agent.get(`/pipelines/${id}/flow?from=${from}&to=${to}&zone=Europe/Berlin`)
    return (Date.parse(body.to) - Date.parse(body.from)) / HOUR_MS
  }
  expect([await hours('2025-03-30', '2025-03-31'), await hours('2025-10-26', '2025-10-27'), await hours('2025-06-01', '2025-06-02')]).toEqual([23, 25, 24])
})
