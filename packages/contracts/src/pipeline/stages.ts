import { z } from 'zod'
import { Line } from '../core/page.ts'
import { COLORS } from '../crm/colors.ts'

/** Stages of one pipeline, retired ones not counted. */
export const MAX_STAGES = 30
/** Pipelines of one organisation, archived ones not counted. */
export const MAX_PIPELINES = 30

/** One of an organisation's own is a UUID; those of the pipeline that everybody begins with have names (`FIRST_STAGES`). */
export const StageId = z.string().regex(/^[a-z0-9-]{2,36}$/)
export type StageId = z.infer<typeof StageId>

/** A deal in a stage that is won or lost is over. */
export const STAGE_KINDS = ['open', 'won', 'lost'] as const
export const StageKind = z.enum(STAGE_KINDS)
export type StageKind = z.infer<typeof StageKind>

/** A task that a deal gets when it enters the stage. It has to be done before the deal goes on (backwards and lost excepted). */
export const StageTask = z.strictObject({ title: Line(200), dueInDays: z.number().int().min(0).max(365).nullable().default(null) })
export type StageTask = z.infer<typeof StageTask>

/** What a deal has to keep to enter the stage, whoever moves it: a person, the API, an import, an automation, the AI. */
export const StageRules = z.strictObject({
  /** Keys of fields that need a value, built-in (`amountMinor`, `contacts`, …) or `custom.<id>`. */
  requiredFields: z.array(z.string().min(1).max(60)).max(30).default([]),
  /** Stages of the same pipeline from which it is entered; null: from all. New deals and those of other pipelines enter where it is null. */
  enteredFrom: z.array(StageId).max(MAX_STAGES).nullable().default(null),
  /** Built-in roles by name and custom ones by id whose people may move a deal here; null: whoever may move it at all. */
  movers: z.array(z.string().min(1).max(36)).max(50).nullable().default(null),
  /** At most so many deals stand here at once; null: any number. */
  wipLimit: z.number().int().min(1).max(10_000).nullable().default(null),
  tasks: z.array(StageTask).max(10).default([]),
})
export type StageRules = z.infer<typeof StageRules>

export const Stage = z.object({
  id: StageId,
  name: z.string(),
  kind: StageKind,
  /** Per cent: how likely a deal that stands here is won. Won is 100, lost 0. */
  probability: z.number().int().min(0).max(100),
  color: z.enum(COLORS),
  /** A deal that stands here for longer is rotting; null: never. */
  rottingDays: z.number().int().min(1).max(365).nullable(),
  rules: StageRules,
})
export type Stage = z.infer<typeof Stage>

/** `id` of a stage that there is, or a new UUID for a new one, by which the rules of others can name it; absent: a new one. Its kind stays as it is for ever. */
export const GivenStage = z.strictObject({
  id: StageId.optional(),
  name: Line(60),
  kind: StageKind.default('open'),
  probability: z.number().int().min(0).max(100).optional(),
  color: z.enum(COLORS).default('gray'),
  rottingDays: z.number().int().min(1).max(365).nullable().default(null),
  rules: StageRules.prefault({}),
})
export type GivenStage = z.infer<typeof GivenStage>

const freely: StageRules = { requiredFields: [], enteredFrom: null, movers: null, wipLimit: null, tasks: [] }

/** The stages of the pipeline that each organisation begins with. The web app translates names that nobody changed. */
export const FIRST_STAGES: readonly Stage[] = [
  { id: 'new', name: 'New', kind: 'open', probability: 10, color: 'gray', rottingDays: null, rules: freely },
  { id: 'qualified', name: 'Qualified', kind: 'open', probability: 25, color: 'blue', rottingDays: null, rules: freely },
  { id: 'proposal', name: 'Proposal', kind: 'open', probability: 50, color: 'purple', rottingDays: null, rules: freely },
  { id: 'negotiation', name: 'Negotiation', kind: 'open', probability: 75, color: 'orange', rottingDays: null, rules: freely },
  { id: 'won', name: 'Won', kind: 'won', probability: 100, color: 'green', rottingDays: null, rules: freely },
  { id: 'lost', name: 'Lost', kind: 'lost', probability: 0, color: 'red', rottingDays: null, rules: freely },
]
export const FIRST_PIPELINE_NAME = 'Sales'
