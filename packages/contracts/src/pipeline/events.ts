import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { definePersonDelayed, definePersonErased, definePersonExported } from '../core/person-data.ts'
import { defineSagaAnswer, defineSagaRequest } from '../core/saga.ts'
import { HandOverReason } from './hand-over.ts'

const aggregate = { type: 'pipeline', id: 'pipelineId' } as const

/** The part of pipelines in sagas of other services. */
export const pipelineSagaAnswered = defineSagaAnswer('pipeline-saga.answered')
/** What pipelines ask of other services. */
export const pipelineSagaRequested = defineSagaRequest('pipeline-saga.requested')

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
const handOver = z.object({
  ownerId: z.uuid().nullable(),
  tasks: z.array(z.object({ title: z.string(), dueInDays: z.number().int().nullable(), assigneeId: z.uuid().nullable() })),
})
/** A stage that went, and where its deals go. */
const retired = z.array(z.object({ stageId: z.string(), into: z.string() }))

/** The whole pipeline as it began: folding `pipeline.*` gives the row. Stages in their order. */
export const pipelineCreated = defineEvent(
  'pipeline.created',
  1,
  aggregate,
  z.object({
    pipelineId: z.uuid(),
    name: z.string(),
    position: z.number().int(),
    lostReasons: z.array(z.string()),
    stages,
    /** Absent in older events: nothing happens when a deal is won. */
    handOver: handOver.optional(),
  }),
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
    changes: z.object({
      name: change(z.string()),
      position: change(z.number().int()),
      lostReasons: change(z.array(z.string())),
      stages: change(stages),
      handOver: change(handOver),
    }),
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

const ofHandOver = { type: 'deal-hand-over', id: 'dealId' } as const

/** A won deal is about to be handed over as its pipeline says. */
export const dealHandOverBegun = defineEvent('deal.hand-over.begun', 1, ofHandOver, z.object({ dealId: z.uuid(), handOverId: z.uuid() }))

/** Nothing of the hand-over stayed: the tasks are gone, the deal is whose it was. */
export const dealHandOverUndone = defineEvent(
  'deal.hand-over.undone',
  1,
  ofHandOver,
  z.object({ dealId: z.uuid(), handOverId: z.uuid(), reason: HandOverReason }),
  { visibility: 'public' },
)

/** A won deal was handed over, whole; once for each time that it is won. */
export const dealHandedOver = defineEvent(
  'deal.handed-over',
  1,
  ofHandOver,
  z.object({
    dealId: z.uuid(),
    /** Null: its pipeline says nothing of what happens then. */
    handOverId: z.uuid().nullable(),
    pipelineId: z.uuid(),
    /** In which it was won. */
    stage: z.string(),
    decidedAt: z.iso.datetime(),
    /** As it was when it was won. */
    amountMinor: z.number().int().nullable(),
    currency: z.string().nullable(),
    /** The organisation's own, and what one unit of `currency` was worth in it on that day (UTC); null: not known. */
    organizationCurrency: z.string().nullable(),
    rate: z.string().nullable(),
    /** Whose it was when it was won, and whose it is now. */
    ownerBeforeId: z.uuid().nullable(),
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
