import { dealRanked, dealStageChanged, dealUpdated, type Board, type Deal } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { loadServices } from './catalog.ts'

const [crm, pipeline] = await loadServices(['crm', 'pipeline'])
if (!crm || !pipeline) throw new Error('A service is missing.')
const product = await startService(crm, { together: [pipeline] })
const replicas = await Promise.all([1, 2].map(() => startService(crm, { together: [pipeline], database: product.database })))
const rows = (sql: string) => product.database.asAdmin(sql)

const DEALS = 24
const OPERATIONS = 1_000
const AT_ONCE = 30
const STAGES = ['new', 'qualified', 'proposal', 'won']

/** The same person at three processes, with deals on one board. */
async function onOneBoard() {
  const first = await product.signIn()
  const { organizationId, userId } = first
  const agents = [first, ...(await Promise.all(replicas.map((replica) => replica.signIn({ organizationId, userId }))))]
  const ids: string[] = []
  for (let nth = 0; nth < DEALS; nth++) ids.push((await first.post('/deals', { title: `Deal ${nth}`, amountMinor: 0, currency: 'EUR' })).body.id)
  return { first, agents, ids }
}

/** Moves into other columns, beside others and on top, and edits that count: whoever saw an older version is refused. */
async function work(agents: readonly Agent[], ids: readonly string[]) {
  const accepted = { moves: 0, edits: new Map<string, number>() }
  const one = async (nth: number): Promise<void> => {
    const [agent, id, beside] = [agents[nth % agents.length], ids[(nth * 7) % ids.length] ?? '', ids[(nth * 11) % ids.length] ?? '']
    if (!agent) return
    const { stage, version, amountMinor }: Deal = (await agent.get(`/deals/${id}`)).body
    const isEdit = nth % 3 === 0
    const answer = isEdit
      ? await agent.patch(`/deals/${id}`, { amountMinor: (amountMinor ?? 0) + 1 }, { version })
      : await agent.post(`/deals/${id}/move`, { from: stage, stage: STAGES[(nth * 13) % 4], ...(nth % 4 ? { afterId: beside } : {}) })
    expect([200, 409, 412]).toContain(answer.status)
    if (answer.status !== 200) return
    if (isEdit) accepted.edits.set(id, (accepted.edits.get(id) ?? 0) + 1)
    else accepted.moves += 1
  }
  const all = Array.from({ length: OPERATIONS }, (_, nth) => nth)
  for (let begin = 0; begin < OPERATIONS; begin += AT_ONCE) await Promise.all(all.slice(begin, begin + AT_ONCE).map(one))
  return accepted
}

it('loses no update, keeps ranks apart, events in order and the history true, whatever is moved and changed at once from three processes', async () => {
  const { first, agents, ids } = await onOneBoard()
  const { organizationId } = first
  const accepted = await work(agents, ids)
  expect(accepted.moves).toBeGreaterThan(DEALS * 4)
  expect([...accepted.edits.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(DEALS)
  for (const each of [product, ...replicas]) await each.settle()

  const deals = await rows(`select id, stage, sort_rank as rank, version, amount_minor as amount, stage_kind as kind from crm.deal
    where organization_id = '${organizationId}' order by id`)
  for (const { id, amount } of deals) expect(Number(amount)).toBe(accepted.edits.get(String(id)) ?? 0)
  expect(new Set(deals.map(({ stage, rank }) => `${String(stage)} ${String(rank)}`)).size).toBe(DEALS)

  await requireOrderedEvents(organizationId, deals)
  await requireTrueHistory(organizationId)
  for (const agent of agents) await requireTrueBoard(agent, deals)
}, 300_000)

type Rows = Awaited<ReturnType<typeof rows>>

/** Each deal's events count its versions without a gap and lead to where it stands, in the place that it has. */
async function requireOrderedEvents(organizationId: string, deals: Rows): Promise<void> {
  const [moves, ranks, edits] = await Promise.all([dealStageChanged, dealRanked, dealUpdated].map((event) => product.emitted(event, organizationId)))
  for (const { id, stage, version } of deals) {
    const own = [...(moves ?? []), ...(ranks ?? []), ...(edits ?? [])]
      .filter(({ aggregate }) => aggregate.id === id)
      .toSorted((a, b) => a.aggregate.version - b.aggregate.version)
    expect(own.map(({ aggregate }) => aggregate.version)).toEqual(Array.from({ length: Number(version) - 1 }, (_, nth) => nth + 2))
    let stands = 'new'
    for (const { type, data } of own) {
      if (type !== dealStageChanged.type) continue
      const move = dealStageChanged.data.parse(data)
      expect(move.from).toBe(stands)
      stands = move.to
    }
    expect(stands).toBe(stage)
  }
}

/** Pipelines know of each deal what CRM does, and its stays follow one another from the first to where it stands. */
async function requireTrueHistory(organizationId: string): Promise<void> {
  const differences = `
    with crm_side as (select id, stage, stage_kind, pipeline_id, amount_minor, owner_id, date_trunc('milliseconds', stage_entered_at) from crm.deal where organization_id = '${organizationId}'),
         history as (select id, stage_id, stage_kind, pipeline_id, amount_minor, owner_id, entered_at from pipeline.deal where organization_id = '${organizationId}')
    (table crm_side except table history) union all (table history except table crm_side)`
  await expect.poll(() => rows(differences), { timeout: 60_000 }).toEqual([])
  const broken = await rows(`
    select deal_id from (
      select deal_id, stage_id, left_at, sequence, lead(entered_at) over by_deal as next_at,
             (select count(*) from crm.event where aggregate_id = deal_id and type = 'deal.stage.changed') as moves, count(*) over (partition by deal_id) as stays
        from pipeline.stay where organization_id = '${organizationId}' window by_deal as (partition by deal_id order by sequence)) as stay
     where stays <> moves + 1 or (next_at is not null and (left_at is null or left_at < next_at))`)
  expect(broken).toEqual([])
  expect(
    await rows(`select stay.deal_id from pipeline.stay join crm.deal on deal.id = stay.deal_id
    where stay.organization_id = '${organizationId}' and stay.left_at is null and stay.stage_id <> deal.stage`),
  ).toEqual([])
}

/** Every process shows the columns in the order of the ranks, with totals of what stands there. */
async function requireTrueBoard(agent: Agent, deals: Rows): Promise<void> {
  const board: Board = (await agent.get(`/boards?limit=50`)).body
  for (const { stage, cards, totals } of board.columns) {
    const standing = deals.filter((deal) => deal['stage'] === stage)
    expect(totals.count).toBe(standing.length)
    expect(totals.sums?.[0]?.amountMinor ?? 0).toBe(standing.reduce((sum, { amount }) => sum + Number(amount), 0))
    const ordered = standing.toSorted((a, b) => (String(a['rank']) < String(b['rank']) ? -1 : 1)).map(({ id }) => id)
    const shown = cards.map(({ id }) => id)
    // What is over stands by when it was decided.
    if (standing.some(({ kind }) => kind === 'won')) expect(shown.toSorted()).toEqual(ordered.toSorted())
    else expect(shown).toEqual(ordered)
  }
}
