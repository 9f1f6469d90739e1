import { z } from 'zod'
import { defineEvent } from '../core/event.ts'

const text = z.string().nullable()
const options = z.array(z.object({ id: z.uuid(), label: z.string(), color: z.string(), isArchived: z.boolean() }))
const stages = z.array(z.string())
const aggregate = { type: 'field', id: 'fieldId' } as const

/** The whole field as it began: folding `field.*` gives the row. */
export const fieldCreated = defineEvent(
  'field.created',
  1,
  aggregate,
  z.object({
    fieldId: z.uuid(),
    /** The kind of record that has it. */
    record: z.string(),
    label: z.string(),
    kind: z.string(),
    help: text,
    options,
    isRequired: z.boolean(),
    requiredStages: stages,
    relatesTo: text,
    currency: text,
    /** Absent in older events, of which no field had one. */
    formula: text.optional(),
    isComputing: z.boolean().optional(),
    position: z.number().int(),
  }),
  { visibility: 'public' },
)

const change = z.object({ from: text, to: text })

/** Only what changed. A field that is moved moves others: each tells its own new place. */
export const fieldUpdated = defineEvent(
  'field.updated',
  1,
  aggregate,
  z.object({
    fieldId: z.uuid(),
    changes: z.object({
      label: z.object({ from: z.string(), to: z.string() }).optional(),
      help: change.optional(),
      options: z.object({ from: options, to: options }).optional(),
      isRequired: z.object({ from: z.boolean(), to: z.boolean() }).optional(),
      requiredStages: z.object({ from: stages, to: stages }).optional(),
      currency: change.optional(),
      formula: change.optional(),
      isComputing: z.object({ from: z.boolean(), to: z.boolean() }).optional(),
      position: z.object({ from: z.number().int(), to: z.number().int() }).optional(),
    }),
  }),
  { visibility: 'public' },
)

/** Out of sight; the values stay in the records. */
export const fieldDeleted = defineEvent('field.deleted', 1, aggregate, z.object({ fieldId: z.uuid() }), { visibility: 'public' })

/** In sight again, with its values, as the last of its record. */
export const fieldRestored = defineEvent(
  'field.restored',
  1,
  aggregate,
  z.object({ fieldId: z.uuid(), position: z.number().int(), isComputing: z.boolean().optional() }),
  { visibility: 'public' },
)
