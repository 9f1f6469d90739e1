import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Actor } from '../core/event.ts'
import { Instant, PageQuery, pageOf } from '../core/page.ts'
import { ListRecord } from './list-fields.ts'

/** A deleted record, for as long as it can be restored. */
export const TrashItem = z.object({
  id: z.uuid(),
  record: ListRecord,
  name: z.string(),
  deletedAt: Instant,
  deletedBy: Actor.nullable(),
  /** From then on it is removed for good, where no task or note is about it; what happened stays in the log. */
  removedAt: Instant,
})
export type TrashItem = z.infer<typeof TrashItem>

export const TrashQuery = PageQuery.extend({ record: ListRecord.default('contact'), search: z.string().trim().max(200).optional() })
export type TrashQuery = z.infer<typeof TrashQuery>

export const trashEndpoints = defineEndpoints('crm', {
  listTrash: {
    method: 'GET',
    path: '/trash',
    summary: 'Deleted records within reach that can be restored, what was deleted last first',
    access: 'signed-in',
    idempotency: 'safe',
    query: TrashQuery,
    response: pageOf(TrashItem),
    status: 200,
  },
})
