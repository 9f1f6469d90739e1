import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, PageQuery, pageOf } from '../core/page.ts'
import { ListRecord } from './list-fields.ts'

/** What is done to many records at once; `undo` takes one of these back. */
export const OPERATION_KINDS = ['change', 'tag', 'delete', 'restore', 'import', 'merge', 'undo'] as const
export const OperationKind = z.enum(OPERATION_KINDS)
export type OperationKind = z.infer<typeof OperationKind>

/** waiting → running → done, cancelled (what was done until then stays) or failed. */
export const OPERATION_STATUSES = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const
export const OperationStatus = z.enum(OPERATION_STATUSES)
export type OperationStatus = z.infer<typeof OperationStatus>

const count = z.number().int()

/** How many records were skipped for the same reason: the code of the error that a single command would have answered. */
export const SkipReason = z.object({ code: z.string(), count })
export type SkipReason = z.infer<typeof SkipReason>

/** Work on many records. `changed + unchanged + skipped` of `total` are done with. */
export const Operation = z.object({
  id: z.uuid(),
  kind: OperationKind,
  record: ListRecord,
  status: OperationStatus,
  /** Null while the records are being looked for. */
  total: count.nullable(),
  changed: count,
  /** Already as they should be. */
  unchanged: count,
  skipped: count,
  reasons: z.array(SkipReason),
  startedById: z.uuid().nullable(),
  /** The operation that this one takes back. */
  undoesId: z.uuid().nullable(),
  undoneById: z.uuid().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type Operation = z.infer<typeof Operation>

/** What became of one record. */
export const OperationRecord = z.object({
  /** The place in the selection; of an import, the row of the file. */
  ordinal: count,
  recordId: z.uuid().nullable(),
  /** As the record is called now; null where it is gone or out of sight. */
  name: z.string().nullable(),
  outcome: z.enum(['waiting', 'changed', 'unchanged', 'skipped']),
  /** Why it was skipped. */
  code: z.string().nullable(),
  /** What that was about: a field, an address. */
  detail: z.string().nullable(),
})
export type OperationRecord = z.infer<typeof OperationRecord>

export const OperationRecordQuery = PageQuery.extend({ outcome: z.enum(['changed', 'unchanged', 'skipped']).default('skipped') })
export type OperationRecordQuery = z.infer<typeof OperationRecordQuery>

const operationParams = idParams('operationId')
/** One's own operations; the permission for what they do is asked when one is started. */
const access = 'signed-in'

export const operationEndpoints = defineEndpoints('crm', {
  listOperations: {
    method: 'GET',
    path: '/record-operations',
    summary: 'My operations on many records, newest first',
    access,
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(Operation),
    status: 200,
  },
  getOperation: {
    method: 'GET',
    path: '/record-operations/:operationId',
    summary: 'How far an operation of mine is, and what it did',
    access,
    idempotency: 'safe',
    params: operationParams,
    response: Operation,
    status: 200,
  },
  listOperationRecords: {
    method: 'GET',
    path: '/record-operations/:operationId/records',
    summary: 'What an operation of mine did to each record: the skipped ones, unless told',
    access,
    idempotency: 'safe',
    params: operationParams,
    query: OperationRecordQuery,
    response: pageOf(OperationRecord),
    status: 200,
  },
  cancelOperation: {
    method: 'POST',
    path: '/record-operations/:operationId/cancel',
    summary: 'Stop an operation of mine; what it did until then stays, and can be undone',
    access,
    idempotency: 'natural',
    params: operationParams,
    response: Operation,
    status: 200,
  },
})
