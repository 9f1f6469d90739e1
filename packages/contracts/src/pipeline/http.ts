import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { HandOverPlan } from './hand-over.ts'
import { GivenStage, MAX_PIPELINES, MAX_STAGES, Stage, StageId } from './stages.ts'

export const MAX_LOST_REASONS = 30

/** A way that deals go. The one with the smallest position is where a deal begins unless told. */
export const Pipeline = z.object({
  id: z.uuid(),
  name: z.string(),
  position: z.number().int(),
  /** Offered when a deal is lost; another text is taken as well. */
  lostReasons: z.array(z.string()),
  /** In their order: open ones first. */
  stages: z.array(Stage),
  /** What happens when a deal is won in it. */
  handOver: HandOverPlan,
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
})
export type Pipeline = z.infer<typeof Pipeline>

const LostReasons = z.array(Line(100)).max(MAX_LOST_REASONS)
/** At least one of each kind. */
const Stages = z.array(GivenStage).min(3).max(MAX_STAGES)

export const CreatePipeline = z.strictObject({ name: Line(60), stages: Stages, lostReasons: LostReasons.default([]), handOver: HandOverPlan.prefault({}) })
export type CreatePipeline = z.infer<typeof CreatePipeline>

/** Where the deals of a stage go that is there no longer: to a stage of any pipeline that stays. */
const Moves = z.array(z.strictObject({ stageId: StageId, into: StageId })).max(MAX_STAGES)

/** Absent parts stay as they are. `stages` says which there are from now on; each one that is not among them needs a line in `moves`. */
export const UpdatePipeline = z.strictObject({
  name: Line(60).optional(),
  position: z.number().int().min(0).max(10_000).optional(),
  lostReasons: LostReasons.optional(),
  stages: Stages.optional(),
  handOver: HandOverPlan.optional(),
  moves: Moves.default([]),
})
export type UpdatePipeline = z.infer<typeof UpdatePipeline>

/** Every stage of the pipeline needs its line; the last pipeline cannot be archived. */
export const ArchivePipeline = z.strictObject({ moves: Moves })
export type ArchivePipeline = z.infer<typeof ArchivePipeline>

const pipelineParams = idParams('pipelineId')

export const pipelineEndpoints = defineEndpoints('pipeline', {
  listPipelines: {
    method: 'GET',
    path: '/pipelines',
    summary: 'Pipelines with their stages and rules, in their order',
    access: 'pipeline.pipeline.read',
    idempotency: 'safe',
    status: 200,
    response: z.object({ items: z.array(Pipeline).max(MAX_PIPELINES) }),
  },
  getPipeline: {
    method: 'GET',
    path: '/pipelines/:pipelineId',
    summary: 'Read one pipeline',
    access: 'pipeline.pipeline.read',
    idempotency: 'safe',
    params: pipelineParams,
    response: Pipeline,
    status: 200,
    concurrency: 'etag',
  },
  createPipeline: {
    method: 'POST',
    path: '/pipelines',
    summary: 'Create a pipeline, as the last one',
    access: 'pipeline.pipeline.manage',
    idempotency: 'key',
    body: CreatePipeline,
    response: Pipeline,
    status: 201,
    cost: 2,
  },
  updatePipeline: {
    method: 'PATCH',
    path: '/pipelines/:pipelineId',
    summary: 'Change a pipeline: its name, place, reasons for a loss, stages and their rules',
    access: 'pipeline.pipeline.manage',
    idempotency: 'key',
    params: pipelineParams,
    body: UpdatePipeline,
    response: Pipeline,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  archivePipeline: {
    method: 'POST',
    path: '/pipelines/:pipelineId/archive',
    summary: 'Archive a pipeline; its deals go on elsewhere',
    access: 'pipeline.pipeline.manage',
    idempotency: 'key',
    params: pipelineParams,
    body: ArchivePipeline,
    status: 204,
    concurrency: 'if-match',
    cost: 2,
  },
})
