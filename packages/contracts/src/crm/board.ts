import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { markRecord } from '../core/record.ts'
import { StageId, StageRules } from '../pipeline/stages.ts'
import { Deal, DealSearch, UpdateDeal } from './deal.ts'

/** Cards that a column brings at once. */
export const BOARD_PAGE = 50

/** A deal as a card shows it. */
export const BoardCard = markRecord(
  'deal',
  z.object({
    id: z.uuid(),
    title: z.string(),
    amountMinor: z.number().int().nullable(),
    currency: z.string().nullable(),
    stage: StageId,
    expectedCloseOn: z.iso.date().nullable(),
    companyId: z.uuid().nullable(),
    companyName: z.string().nullable(),
    tagIds: z.array(z.uuid()),
    ownerId: z.uuid().nullable(),
    /** Since when it stands in its stage. */
    stageEnteredAt: Instant,
    /** When the first of its open tasks is due that the reader may see; null: there is none, or it has no date. */
    nextTaskDueAt: Instant.nullable(),
    openTasks: z.number().int(),
    version: z.number().int(),
  }),
)
export type BoardCard = z.infer<typeof BoardCard>

/** All deals of a column, not only those that are shown. Without sums where the reader may not see amounts. */
export const BoardTotals = z.object({
  count: z.number().int(),
  sums: z.array(z.object({ currency: z.string(), amountMinor: z.number().int() })),
})
export type BoardTotals = z.infer<typeof BoardTotals>

export const BoardColumn = z.object({ stage: StageId, totals: BoardTotals, cards: z.array(BoardCard), nextCursor: z.string().nullable() })
export type BoardColumn = z.infer<typeof BoardColumn>

/** The filters of the list of deals; `laneBy`: the key of a field that can be grouped by (`ownerId`, `companyId`, `custom.<id>`). */
export const BoardQuery = DealSearch.pick({ search: true, filter: true, zone: true, owner: true, companyId: true, contactId: true }).extend({
  pipelineId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(BOARD_PAGE).default(BOARD_PAGE),
})
export type BoardQuery = z.infer<typeof BoardQuery>

/** Columns in the order of the stages; those that are won or lost bring what was decided last. */
export const Board = z.object({ pipelineId: z.uuid(), columns: z.array(BoardColumn) })
export type Board = z.infer<typeof Board>

/** One column on from where it was left. */
export const BoardColumnQuery = BoardQuery.omit({ pipelineId: true }).extend({ cursor: z.string().min(1).max(1000).optional() })

export const MAX_BOARD_LANES = 200
/** Lanes of a board: for each value of the field, what stands in each stage. */
export const BoardLanesQuery = BoardQuery.omit({ limit: true }).extend({ laneBy: z.string().min(1).max(60) })
export const BoardLane = z.object({
  /** As in the summary of a list: null is everything without a value. */
  value: z.union([z.string(), z.boolean()]).nullable(),
  columns: z.array(z.object({ stage: StageId, totals: BoardTotals })),
})
export type BoardLane = z.infer<typeof BoardLane>
/** The fullest lanes first; `hasMore`: there are emptier ones beyond these. */
export const BoardLanes = z.object({ items: z.array(BoardLane).max(MAX_BOARD_LANES), hasMore: z.boolean() })
export type BoardLanes = z.infer<typeof BoardLanes>

/** Stands before `beforeId` or after `afterId` (ids of deals of that stage); neither: at the top. `stage` absent: the one it is in. */
export const MoveDeal = z.strictObject({
  stage: StageId.optional(),
  /** Where whoever moves it saw it: 409 if it stands elsewhere by now. */
  from: StageId,
  beforeId: z.uuid().nullable().default(null),
  afterId: z.uuid().nullable().default(null),
  /** What the stage demands, asked for on the way; written with the move or not at all. */
  fields: UpdateDeal.omit({ stage: true }).optional(),
})
export type MoveDeal = z.infer<typeof MoveDeal>

/** Why a deal may not enter a stage. */
export const MOVE_OBSTACLES = ['required-field', 'not-from-here', 'not-this-role', 'stage-full', 'open-task', 'stage-retired'] as const
export const MoveObstacle = z.object({
  rule: z.enum(MOVE_OBSTACLES),
  /** Of a required field: its key. */
  field: z.string().nullable(),
  /** For people: which task, how many are allowed, from where. */
  detail: z.string(),
})
export type MoveObstacle = z.infer<typeof MoveObstacle>

/** Rules as they would be. */
export const SimulateStageRules = z.strictObject({ stage: StageId, rules: StageRules })
export type SimulateStageRules = z.infer<typeof SimulateStageRules>

/** The open deals that stand one step before the stage, and those in it, held against the rules. */
export const StageRulesSimulation = z.object({
  checked: z.number().int(),
  stopped: z.number().int(),
  /** The first of those that would be stopped. */
  items: z.array(z.object({ dealId: z.uuid(), title: Line(200), stage: StageId, obstacles: z.array(MoveObstacle) })).max(50),
})
export type StageRulesSimulation = z.infer<typeof StageRulesSimulation>

const read = { method: 'GET', access: 'crm.deal.read', idempotency: 'safe', status: 200 } as const

export const boardEndpoints = defineEndpoints('crm', {
  getBoard: {
    ...read,
    path: '/boards',
    summary: 'The board of a pipeline: columns with totals and their first cards',
    query: BoardQuery,
    response: Board,
    cost: 2,
  },
  listBoardColumn: {
    ...read,
    path: '/boards/stages/:stage',
    summary: 'More cards of one column',
    params: z.object({ stage: StageId }),
    query: BoardColumnQuery,
    response: BoardColumn,
  },
  listBoardLanes: {
    ...read,
    path: '/boards/lanes',
    summary: 'What stands in each stage, by the values of a field',
    query: BoardLanesQuery,
    response: BoardLanes,
    cost: 3,
  },
  moveDeal: {
    method: 'POST',
    path: '/deals/:dealId/move',
    summary: 'Move a deal on its board: to another stage, to another place, or both',
    access: 'crm.deal.update',
    idempotency: 'key',
    params: idParams('dealId'),
    body: MoveDeal,
    response: Deal,
    status: 200,
    cost: 2,
  },
  simulateStageRules: {
    method: 'POST',
    path: '/boards/simulation',
    summary: 'Which of today’s deals rules of a stage would stop',
    access: 'pipeline.pipeline.manage',
    idempotency: 'exempt',
    body: SimulateStageRules,
    response: StageRulesSimulation,
    status: 200,
    cost: 5,
  },
})
