import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { definePersonDelayed, definePersonErased, definePersonExported } from '../core/person-data.ts'
import { defineSagaAnswer } from '../core/saga.ts'

const aggregate = { type: 'pipeline', id: 'pipelineId' } as const

/** The part of pipelines in sagas of other services. */
export const pipelineSagaAnswered = defineSagaAnswer('pipeline-saga.answered')

const stage = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['open', 'won', 'lost']),
  probability: z.number().int(),
  color: z.string(),
  rottingDays: z.number().int().nullable(),
  rules: z.object({
    requiredFields: z.array(z.string()),
    enteredFrom: z.array(z.string()).nullable(),
    movers: z.array(z.string()).nullable(),
    wipLimit: z.number().int().nullable(),
    tasks: z.array(z.object({ title: z.string(), dueInDays: z.number().int().nullable() })),
  }),
})
const stages = z.array(stage)
/** A stage that went, and where its deals go. */
const retired = z.array(z.object({ stageId: z.string(), into: z.string() }))

/** The whole pipeline as it began: folding `pipeline.*` gives the row. Stages in their order. */
export const pipelineCreated = defineEvent(
  'pipeline.created',
  1,
  aggregate,
  z.object({ pipelineId: z.uuid(), name: z.string(), position: z.number().int(), lostReasons: z.array(z.string()), stages }),
  { visibility: 'public' },
)

const change = <Part extends z.ZodType>(part: Part) => z.object({ from: part, to: part }).optional()

/** Only what changed; stages always all of them. `retired`: those that are not among them any more. */
export const pipelineUpdated = defineEvent(
  'pipeline.updated',
  1,
  aggregate,
  z.object({
    pipelineId: z.uuid(),
    changes: z.object({ name: change(z.string()), position: change(z.number().int()), lostReasons: change(z.array(z.string())), stages: change(stages) }),
    retired: retired.default([]),
  }),
  { visibility: 'public' },
)

/** No new deals; those that it had go where `retired` says. */
export const pipelineArchived = defineEvent('pipeline.archived', 1, aggregate, z.object({ pipelineId: z.uuid(), retired }), { visibility: 'public' })

/** The deal stands in its stage for longer than the stage allows; once for each stay. */
export const dealRotting = defineEvent(
  'deal.rotting',
  1,
  { type: 'deal-stay', id: 'dealId' },
  z.object({
    dealId: z.uuid(),
    stage: z.string(),
    pipelineId: z.uuid(),
    enteredAt: z.iso.datetime(),
    /** What the stage allows. */
    rottingDays: z.number().int(),
    /** Whose the deal is; null: nobody's. */
    ownerId: z.uuid().nullable(),
  }),
  { visibility: 'public' },
)

/** The organisation has another currency, or others are worth something else in it: all rates from now on. */
export const currencyRatesUpdated = defineEvent(
  'currency-rates.updated',
  1,
  { type: 'currency-rates', id: 'organizationId' },
  z.object({ organizationId: z.uuid(), currency: z.string(), rates: z.array(z.object({ currency: z.string(), on: z.iso.date(), rate: z.string() })) }),
)

export const pipelinePersonErased = definePersonErased('pipeline-person.erased')
export const pipelinePersonDelayed = definePersonDelayed('pipeline-person.delayed')
export const pipelinePersonExported = definePersonExported('pipeline-person.exported')
