import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { Filter, MAX_FILTER_LENGTH } from './filter.ts'
import { LIST_RECORDS, ListRecord } from './list-fields.ts'

/** Of one person and one kind of record; shared ones of an organisation. */
export const MAX_PERSONAL_VIEWS = 50
export const MAX_SHARED_VIEWS = 100
/** Of all kinds of records: what one person can see. */
export const MAX_VIEWS_IN_SIGHT = LIST_RECORDS.length * (MAX_PERSONAL_VIEWS + MAX_SHARED_VIEWS)

/** A column after the first: the key of its field, and how wide it was made in CSS pixels. */
export const ViewColumn = z.strictObject({ key: z.string().min(1).max(60), width: z.number().int().min(40).max(1000).nullable().default(null) })
export type ViewColumn = z.infer<typeof ViewColumn>

const Columns = z.array(ViewColumn).max(30)
const Order = z.strictObject({ sort: z.string().min(1).max(60), direction: z.enum(['asc', 'desc']) })
const GroupBy = z.string().min(1).max(60)
const ViewFilter = Filter.refine((filter) => JSON.stringify(filter).length <= MAX_FILTER_LENGTH, `At most ${MAX_FILTER_LENGTH} characters`)

/** A list as somebody keeps it. Whoever opens it sees what they may: a field that is gone or hidden from them is left out. */
export const View = z.object({
  id: z.uuid(),
  record: ListRecord,
  name: z.string(),
  /** Everybody's; else its owner's alone. */
  isShared: z.boolean(),
  ownerId: z.uuid(),
  filter: Filter.nullable(),
  /** Null: the usual one. */
  order: Order.nullable(),
  /** Key of the field by which it is grouped. */
  groupBy: z.string().nullable(),
  /** None: the usual ones. */
  columns: z.array(z.object({ key: z.string(), width: z.number().int().nullable() })),
  position: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
})
export type View = z.infer<typeof View>

export const CreateView = z.strictObject({
  record: ListRecord,
  name: Line(100),
  isShared: z.boolean().default(false),
  filter: ViewFilter.nullable().default(null),
  order: Order.nullable().default(null),
  groupBy: GroupBy.nullable().default(null),
  columns: Columns.default([]),
})
export type CreateView = z.infer<typeof CreateView>

/** Absent parts stay as they are. */
export const UpdateView = z.strictObject({
  name: Line(100).optional(),
  isShared: z.boolean().optional(),
  filter: ViewFilter.nullable().optional(),
  order: Order.nullable().optional(),
  groupBy: GroupBy.nullable().optional(),
  columns: Columns.optional(),
  position: z.number().int().min(0).max(10_000).optional(),
})
export type UpdateView = z.infer<typeof UpdateView>

const viewParams = idParams('viewId')
/** People alone have views; the permission for the records is asked when one is made or listed, that to share when one is shared. */
const access = 'signed-in'

export const viewEndpoints = defineEndpoints('crm', {
  listViews: {
    method: 'GET',
    path: '/views',
    summary: 'Saved views, of one kind of record or of all: the shared ones and one’s own, in their order',
    access,
    idempotency: 'safe',
    query: z.object({ record: ListRecord.optional() }),
    status: 200,
    response: z.object({ items: z.array(View).max(MAX_VIEWS_IN_SIGHT) }),
  },
  getView: {
    method: 'GET',
    path: '/views/:viewId',
    summary: 'Read one saved view',
    access,
    idempotency: 'safe',
    params: viewParams,
    response: View,
    status: 200,
    concurrency: 'etag',
  },
  createView: {
    method: 'POST',
    path: '/views',
    summary: 'Save a view, as the last one',
    access,
    idempotency: 'key',
    body: CreateView,
    response: View,
    status: 201,
    cost: 2,
  },
  updateView: {
    method: 'PATCH',
    path: '/views/:viewId',
    summary: 'Change a saved view, share it, or keep it for oneself',
    access,
    idempotency: 'key',
    params: viewParams,
    body: UpdateView,
    response: View,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  deleteView: {
    method: 'DELETE',
    path: '/views/:viewId',
    summary: 'Delete a saved view',
    access,
    idempotency: 'natural',
    params: viewParams,
    status: 204,
    cost: 2,
  },
})
