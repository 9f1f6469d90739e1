import { z } from 'zod'
import { defineEvent } from '../core/event.ts'

/** As in View; filters and columns as they are kept. */
const parts = {
  name: z.string(),
  isShared: z.boolean(),
  filter: z.record(z.string(), z.unknown()).nullable(),
  order: z.object({ sort: z.string(), direction: z.string() }).nullable(),
  /** Absent in older events: not grouped. */
  groupBy: z.string().nullable().optional(),
  columns: z.array(z.object({ key: z.string(), width: z.number().int().nullable() })),
  position: z.number().int(),
}
const aggregate = { type: 'view', id: 'viewId' } as const
const change = <Part extends z.ZodType>(part: Part) => z.object({ from: part, to: part }).optional()

/** The whole view as it began: folding `view.*` gives the row. */
export const viewCreated = defineEvent('view.created', 1, aggregate, z.object({ viewId: z.uuid(), record: z.string(), ownerId: z.uuid(), ...parts }))

/** Only what changed. */
export const viewUpdated = defineEvent(
  'view.updated',
  1,
  aggregate,
  z.object({
    viewId: z.uuid(),
    changes: z.object({
      name: change(parts.name),
      isShared: change(parts.isShared),
      filter: change(parts.filter),
      order: change(parts.order),
      groupBy: change(z.string().nullable()),
      columns: change(parts.columns),
      position: change(parts.position),
    }),
  }),
)

export const viewDeleted = defineEvent('view.deleted', 1, aggregate, z.object({ viewId: z.uuid() }))
