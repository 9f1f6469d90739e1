import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { StageKind } from '../pipeline/stages.ts'
import { CustomChanges, CustomValues } from './field-kinds.ts'

const text = z.string().nullable()
const tagIds = z.array(z.uuid())
const id = z.uuid().nullable()
const amount = z.number().int().nullable()
const contacts = z.array(z.object({ contactId: z.uuid(), role: text }))
const aggregate = { type: 'deal', id: 'dealId' } as const

/** The whole deal as it began: folding `deal.*` gives the row. */
export const dealCreated = defineEvent(
  'deal.created',
  1,
  aggregate,
  z.object({
    dealId: z.uuid(),
    title: z.string(),
    /** In the smallest unit of the currency (ISO 4217). */
    amountMinor: amount,
    currency: text,
    stage: z.string(),
    /** Absent in older events, from before there were pipelines: the first one, and the kind that the stage has there. */
    pipelineId: z.uuid().optional(),
    stageKind: StageKind.optional(),
    /** Its place in the column of its stage, ascending; a decimal. Absent in older events. */
    rank: z.string().optional(),
    stageEnteredAt: z.iso.datetime().optional(),
    lostReason: text,
    expectedCloseOn: z.iso.date().nullable(),
    companyId: id,
    contacts,
    tagIds: tagIds.optional(),
    /** Whose the deal is; null: nobody's. */
    ownerId: id,
    /** By the field's id. */
    custom: CustomValues.default({}),
    /** It came from a file: what became of it elsewhere is history, and nothing follows from it. */
    isImported: z.literal(true).optional(),
  }),
  { visibility: 'public' },
)

const change = z.object({ from: text, to: text })
const changeOfTags = z.object({ from: tagIds, to: tagIds })
const changeOfId = z.object({ from: id, to: id })
/** Only the fields that changed, without the stage, which has an event of its own. */
export const dealUpdated = defineEvent(
  'deal.updated',
  1,
  aggregate,
  z.object({
    dealId: z.uuid(),
    changes: z.object({
      title: z.object({ from: z.string(), to: z.string() }).optional(),
      amountMinor: z.object({ from: amount, to: amount }).optional(),
      currency: change.optional(),
      lostReason: change.optional(),
      expectedCloseOn: change.optional(),
      companyId: changeOfId.optional(),
      contacts: z.object({ from: contacts, to: contacts }).optional(),
      tagIds: changeOfTags.optional(),
      ownerId: changeOfId.optional(),
      custom: CustomChanges.optional(),
    }),
  }),
  { visibility: 'public' },
)

/**
 * The deal moved; who moved it is the event's actor. Fixed: pipeline and analytics build on it. All but from and to are absent in
 * older events, from before there were pipelines.
 */
export const dealStageChanged = defineEvent(
  'deal.stage.changed',
  1,
  aggregate,
  z.object({
    dealId: z.uuid(),
    from: z.string(),
    to: z.string(),
    fromKind: StageKind.optional(),
    toKind: StageKind.optional(),
    fromPipelineId: z.uuid().optional(),
    /** The pipeline of `to`. */
    pipelineId: z.uuid().optional(),
    /** Whether `to` stands before `from` in the same pipeline, as it was at the time of the move. */
    isBack: z.boolean().optional(),
    /** How long it stood in `from`, in ms. */
    stayedMs: z.number().int().optional(),
    /** `moved` by somebody; `retired`: its stage or pipeline went, and it had to go elsewhere. */
    reason: z.enum(['moved', 'retired']).optional(),
    /** As in deal.created. */
    rank: z.string().optional(),
    /** When it came to `to`; a little before the event, which is written at the end. */
    stageEnteredAt: z.iso.datetime().optional(),
  }),
  { visibility: 'public' },
)

/** The deal has another place in the column of its stage. */
export const dealRanked = defineEvent('deal.ranked', 1, aggregate, z.object({ dealId: z.uuid(), rank: z.object({ from: z.string(), to: z.string() }) }))

export const dealDeleted = defineEvent('deal.deleted', 1, aggregate, z.object({ dealId: z.uuid() }), { visibility: 'public' })

/** A deleted deal is there again, whole as it is now. */
export const dealRestored = defineEvent('deal.restored', 1, aggregate, dealCreated.data, { visibility: 'public' })
