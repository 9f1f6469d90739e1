import { z } from 'zod'
import { Actor } from '../core/event.ts'
import { defineEndpoints } from '../core/endpoint.ts'
import { Day, idParams, Instant, PageQuery, pageOf, Zone } from '../core/page.ts'
import { markRecord } from '../core/record.ts'
import { StageId, StageKind } from './stages.ts'

/**
 * How a stay ended. `advanced`: to a later stage of the pipeline; `moved-back`: to an earlier one, or opened again; `handed-off`: to another
 * pipeline, or because the stage went; `won`, `lost`: by the kind of the stage that it went to.
 */
export const STAY_OUTCOMES = ['advanced', 'moved-back', 'won', 'lost', 'handed-off', 'deleted'] as const
export const StayOutcome = z.enum(STAY_OUTCOMES)
export type StayOutcome = z.infer<typeof StayOutcome>

/** One stay of a deal in a stage. Coming back to a stage is another stay. */
export const Stay = markRecord(
  'deal',
  z.object({
    stage: StageId,
    /** As they are called today; null where that is not known any more. */
    stageName: z.string().nullable(),
    pipelineId: z.uuid(),
    pipelineName: z.string().nullable(),
    stageKind: StageKind,
    enteredAt: Instant,
    enteredBy: Actor,
    /** Null, like the outcome: it stands there. */
    leftAt: Instant.nullable(),
    outcome: StayOutcome.nullable(),
    leftBy: Actor.nullable(),
    /** What the deal was when it left; of one that stands there, what it is. */
    amountMinor: z.number().int().nullable(),
    currency: z.string().nullable(),
    ownerId: z.uuid().nullable(),
  }),
)
export type Stay = z.infer<typeof Stay>

/** In milliseconds; null where there is nothing to count. */
const Durations = { medianMs: z.number().nullable(), p90Ms: z.number().nullable() }

const count = z.number().int()

/** What became of the stays that began in the window, as it was at its end: entries are the sum of the outcomes and of those still there. */
export const StageFlow = z.object({
  stage: StageId,
  entries: count,
  advanced: count,
  movedBack: count,
  won: count,
  lost: count,
  handedOff: count,
  deleted: count,
  stillThere: count,
  /** Of those that are over. */
  ...Durations,
  /** All that stood there at the end of the window, whenever they came: how long until then. */
  standing: z.object({ count, ...Durations }),
})
export type StageFlow = z.infer<typeof StageFlow>

/** What the deals of a pipeline that were open bring by day, by what was won and lost in the window, in one currency. */
export const Velocity = z.object({
  currency: z.string(),
  openCount: count,
  averageWonMinor: z.number(),
  perDayMinor: z.number(),
})
export type Velocity = z.infer<typeof Velocity>

/** Of the deals that the reader can see. */
export const PipelineFlow = z.object({
  pipelineId: z.uuid(),
  from: Instant,
  to: Instant,
  stages: z.array(StageFlow),
  /** Deals that were won or lost in the window and still are at its end. */
  won: count,
  lost: count,
  /** From its first stage to being won, of those that were won. */
  cycle: z.object(Durations),
  /** Null where the reader may not see amounts. */
  velocity: z.array(Velocity).nullable(),
})
export type PipelineFlow = z.infer<typeof PipelineFlow>

/** Days of the calendar in the zone; the last one does not belong to the window. */
export const FlowQuery = z.object({ from: Day, to: Day, zone: Zone })
export type FlowQuery = z.infer<typeof FlowQuery>

const read = { method: 'GET', access: 'crm.deal.read', idempotency: 'safe', status: 200 } as const

export const stayEndpoints = defineEndpoints('pipeline', {
  listDealStays: {
    ...read,
    path: '/deals/:dealId/stays',
    summary: 'Where a deal stood, for how long and what became of it, newest first',
    params: idParams('dealId'),
    query: PageQuery,
    response: pageOf(Stay),
  },
  getPipelineFlow: {
    ...read,
    path: '/pipelines/:pipelineId/flow',
    summary: 'How deals went through the stages of a pipeline in a window of time',
    params: idParams('pipelineId'),
    query: FlowQuery,
    response: PipelineFlow,
    cost: 5,
  },
})
