import { z } from 'zod'
import { defineEvent } from '../core/event.ts'

const aggregate = { type: 'tag', id: 'tagId' } as const

/** The whole tag as it began: folding `tag.*` gives the row. */
export const tagCreated = defineEvent('tag.created', 1, aggregate, z.object({ tagId: z.uuid(), name: z.string(), color: z.string() }), { visibility: 'public' })

const change = z.object({ from: z.string(), to: z.string() })
/** Only what changed. */
export const tagUpdated = defineEvent(
  'tag.updated',
  1,
  aggregate,
  z.object({ tagId: z.uuid(), changes: z.object({ name: change.optional(), color: change.optional() }) }),
  { visibility: 'public' },
)

/** Its records lose it, or have `mergedInto` instead, each with an event of its own. */
export const tagDeleted = defineEvent('tag.deleted', 1, aggregate, z.object({ tagId: z.uuid(), mergedInto: z.uuid().nullable() }), { visibility: 'public' })
