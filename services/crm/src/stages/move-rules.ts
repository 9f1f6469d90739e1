import { CUSTOM_PREFIX, customFieldIdOf, type MoveObstacle, type StageId } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { isHidden } from '../lists/list-record.ts'
import { moveRefused, stageUnknown } from './errors.ts'
import { judgeMove, type MovedDeal } from './judge-move.ts'
import { lockStages, readStages, type StageRow, type Stages } from './stage.ts'

/** A deal that may be moved: where it stands; a new one stands nowhere. */
interface Mover {
  readonly id: string
  readonly stage: StageId
}

interface Demand {
  readonly id: string
  readonly label: string
  readonly requiredStages: readonly string[]
}

/**
 * The rules of the stages that deals are about to enter, with what is needed to judge: asked once for all of them, and held until the end of
 * the transaction. Judging counts: of two deals of one step the second may find the stage full.
 */
export class MoveRules {
  readonly stages: Stages
  readonly #ctx: Ctx
  readonly #demands: readonly Demand[]
  readonly #standing: ReadonlyMap<StageId, number>
  readonly #entered: Map<StageId, number>
  readonly #openTasks: ReadonlyMap<string, readonly string[]>

  constructor(
    ctx: Ctx,
    stages: Stages,
    demands: readonly Demand[],
    standing: ReadonlyMap<StageId, number>,
    entered: Map<StageId, number>,
    openTasks: ReadonlyMap<string, readonly string[]>,
  ) {
    this.#ctx = ctx
    this.stages = stages
    this.#demands = demands
    this.#standing = standing
    this.#entered = entered
    this.#openTasks = openTasks
  }

  /** What keeps the deal from entering; nothing where it enters. Throws `stageUnknown` (422). */
  obstacles(deal: MovedDeal, from: Mover | null, to: StageId): MoveObstacle[] {
    const [stage, left] = [requireStage(this.stages, to), from && this.stages.get(from.stage)]
    return judgeMove(deal, left ?? null, stage, {
      role: this.#ctx.rights?.role ?? null,
      labels: new Map(this.#demands.map(({ id, label }) => [id, label])),
      demanded: this.#demands.flatMap(({ id, requiredStages }) => (requiredStages.includes(to) ? [id] : [])),
      isHidden: (key) => isHidden(this.#ctx, 'deal', key),
      standing: (this.#standing.get(to) ?? 0) + (this.#entered.get(to) ?? 0),
      openTasks: from ? (this.#openTasks.get(`${from.id}/${from.stage}`) ?? []) : [],
    })
  }

  /** Throws `moveRefused`, `stageUnknown` (422). */
  enter(deal: MovedDeal, from: Mover | null, to: StageId): StageRow {
    const [stage, obstacles] = [requireStage(this.stages, to), this.obstacles(deal, from, to)]
    if (obstacles.length > 0) throw moveRefused(stage.name, obstacles)
    this.#entered.set(to, (this.#entered.get(to) ?? 0) + 1)
    return stage
  }
}

export function requireStage(stages: Stages, id: StageId): StageRow {
  const stage = stages.get(id)
  if (!stage) throw stageUnknown(id)
  return stage
}

/** For what is about to be done, in its transaction; `movers` are locked by it. */
export async function holdRules(ctx: Ctx, db: Db, targets: readonly StageId[], movers: readonly Mover[]): Promise<MoveRules> {
  const [stages, demands, openTasks] = await Promise.all([lockStages(db, targets), demandsOf(db, targets, namedByStages(targets)), openTasksOf(db, movers)])
  await lockLimited(db, stages, targets)
  return new MoveRules(ctx, stages, demands, await standingIn(db, limited(stages, targets)), new Map(), openTasks)
}

/** For a look ahead: nothing is held. `entered`: how many went in before, in a look that takes several steps; it is counted on. */
export async function readRules(
  ctx: Ctx,
  db: Db,
  targets: readonly StageId[],
  movers: readonly Mover[],
  entered: Map<StageId, number> = new Map(),
): Promise<MoveRules> {
  return rulesWith(ctx, db, await readStages(db), targets, movers, entered)
}

export async function rulesWith(
  ctx: Ctx,
  db: Db,
  stages: Stages,
  targets: readonly StageId[],
  movers: readonly Mover[],
  entered: Map<StageId, number> = new Map(),
): Promise<MoveRules> {
  const [demands, standing, openTasks] = await Promise.all([
    demandsOf(db, targets, namedIn(stages, targets)),
    standingIn(db, limited(stages, targets)),
    openTasksOf(db, movers),
  ])
  return new MoveRules(ctx, stages, demands, standing, entered, openTasks)
}

const limited = (stages: Stages, targets: readonly StageId[]): StageId[] =>
  [...new Set(targets)].filter((id) => typeof stages.get(id)?.rules.wipLimit === 'number').toSorted()

/** Whoever enters a stage with a limit waits for those who are entering it. */
async function lockLimited(db: Db, stages: Stages, targets: readonly StageId[]): Promise<void> {
  for (const id of limited(stages, targets))
    await sql`select pg_advisory_xact_lock(hashtextextended('crm.stage-limit:' || platform.current_organization() || ${id}::text, 0))`.execute(db)
}

async function standingIn(db: Db, ids: readonly StageId[]): Promise<Map<StageId, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ stage: string; count: number }>`select stage, count(*)::integer as count from deal
    where stage = any(${[...ids]}::text[]) and deleted_at is null group by stage`.execute(db)
  return new Map(rows.map(({ stage, count }) => [stage, count]))
}

/** Custom fields that rules name: of stages as they are stored, asked in the same round trip with them. */
const namedByStages = (targets: readonly StageId[]) =>
  sql<boolean>`${CUSTOM_PREFIX} || field.id in (select jsonb_array_elements_text(rules -> 'requiredFields') from stage where stage.id = any(${[...targets]}::text[]))`

/** … and as they are given, which may be otherwise. */
function namedIn(stages: Stages, targets: readonly StageId[]): RawBuilder<boolean> {
  const named = targets.flatMap((id) => stages.get(id)?.rules.requiredFields ?? []).flatMap((key) => customFieldIdOf(key) ?? [])
  return sql<boolean>`field.id::text = any(${named}::text[])`
}

async function demandsOf(db: Db, targets: readonly StageId[], isNamed: RawBuilder<boolean>): Promise<readonly Demand[]> {
  const { rows } = await sql<Demand>`select id, label, required_stages from field
    where record = 'deal' and deleted_at is null and (required_stages && ${[...targets]}::text[] or ${isNamed}) order by position`.execute(db)
  return rows
}

async function openTasksOf(db: Db, movers: readonly Mover[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (movers.length === 0) return new Map()
  const { rows } = await sql<{ place: string; titles: string[] }>`select deal_id || '/' || stage as place, array_agg(title order by id) as titles from task
    where deal_id = any(${movers.map(({ id }) => id)}::uuid[]) and stage is not null and done_at is null and deleted_at is null group by 1`.execute(db)
  return new Map(rows.map(({ place, titles }) => [place, titles]))
}
