import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Actor } from '../core/event.ts'
import { idParams, Instant, PageQuery, pageOf } from '../core/page.ts'
import { UpdateCompany, CompanySearch } from './company.ts'
import { DealSearch, UpdateDeal } from './deal.ts'
import { ContactSearch, UpdateContact } from './http.ts'
import { ListRecord } from './list-fields.ts'
import { ListFilterQuery } from './list-query.ts'
import { TagIds } from './tags.ts'

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
  /** Of an import: the file. */
  fileName: z.string().nullable(),
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
  /** As the record is called now; null where it is gone or out of sight. Of what an import made beside its records, which have no `recordId` here, as it was called. */
  name: z.string().nullable(),
  outcome: z.enum(['waiting', 'changed', 'unchanged', 'skipped']),
  /** Why it was skipped. */
  code: z.string().nullable(),
  /** What that was about: a field, an address. */
  detail: z.string().nullable(),
})
export type OperationRecord = z.infer<typeof OperationRecord>

/** Of one operation; more are done in several. */
export const MAX_SELECTED_IDS = 1_000
export const MAX_OPERATION_RECORDS = 100_000

/** Tags that all of them get and lose; the others stay. */
const tags = z.strictObject({ add: TagIds.default([]), remove: TagIds.default([]) }).default({ add: [], remove: [] })

/** What can be set of many at once. Absent fields stay as they are; null empties one. */
export const ContactsChange = UpdateContact.pick({
  ownerId: true,
  company: true,
  companyId: true,
  position: true,
  note: true,
  preferredChannel: true,
  timeZone: true,
  language: true,
  consent: true,
  consentOn: true,
  consentSource: true,
  custom: true,
}).extend({ tags })
export type ContactsChange = z.infer<typeof ContactsChange>
export const CompaniesChange = UpdateCompany.pick({
  ownerId: true,
  industry: true,
  size: true,
  website: true,
  phone: true,
  address: true,
  note: true,
  custom: true,
}).extend({ tags })
export type CompaniesChange = z.infer<typeof CompaniesChange>
/** Leaving the stage `lost` forgets its reason, as in a single update. */
export const DealsChange = UpdateDeal.pick({ ownerId: true, stage: true, lostReason: true, expectedCloseOn: true, companyId: true, custom: true }).extend({
  tags,
})
export type DealsChange = z.infer<typeof DealsChange>

/** These records, or all that a list with this search and filter has. */
const selectionOf = <Query extends z.ZodType>(query: Query) =>
  z.union([z.strictObject({ ids: z.array(z.uuid()).min(1).max(MAX_SELECTED_IDS) }), z.strictObject({ query })])

/** `restore`: `withoutTaken` gives addresses and domains up that somebody else has by now; else such a record is skipped. */
const actionOf = <Change extends z.ZodType>(set: Change) =>
  z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('change'), set }),
    z.strictObject({ do: z.literal('delete') }),
    z.strictObject({ do: z.literal('restore'), withoutTaken: z.boolean().default(false) }),
  ])

const narrowed = ListFilterQuery.shape
export const StartOperation = z.discriminatedUnion('record', [
  z.strictObject({
    record: z.literal('contact'),
    selection: selectionOf(z.strictObject({ ...narrowed, ...ContactSearch.pick({ source: true, owner: true, companyId: true }).shape })),
    action: actionOf(ContactsChange),
  }),
  z.strictObject({
    record: z.literal('company'),
    selection: selectionOf(z.strictObject({ ...narrowed, ...CompanySearch.pick({ owner: true, parentId: true, domain: true }).shape })),
    action: actionOf(CompaniesChange),
  }),
  z.strictObject({
    record: z.literal('deal'),
    selection: selectionOf(z.strictObject({ ...narrowed, ...DealSearch.pick({ stage: true, owner: true, companyId: true, contactId: true }).shape })),
    action: actionOf(DealsChange),
  }),
])
export type StartOperation = z.infer<typeof StartOperation>

/** One record that an operation would not do, or not entirely, and why. */
export const Conflict = z.object({
  recordId: z.uuid().nullable(),
  name: z.string().nullable(),
  code: z.string(),
  /** Fields, an address: what it is about. */
  detail: z.string().nullable(),
  /** Who changed it since, where that is why. */
  changedBy: Actor.nullable(),
  changedAt: Instant.nullable(),
})
export type Conflict = z.infer<typeof Conflict>

/** What an operation would do, without doing it. Of very many records only the first are looked at. */
export const OperationPreview = z.object({
  total: count,
  looked: count,
  changed: count,
  unchanged: count,
  skipped: count,
  reasons: z.array(SkipReason),
  /** The first of them. */
  conflicts: z.array(Conflict),
})
export type OperationPreview = z.infer<typeof OperationPreview>

export const OperationRecordQuery = PageQuery.extend({ outcome: z.enum(['changed', 'unchanged', 'skipped']).default('skipped') })
export type OperationRecordQuery = z.infer<typeof OperationRecordQuery>

const operationParams = idParams('operationId')
/** One's own operations; the permission for what they do is asked when one is started. */
const access = 'signed-in'

export const operationEndpoints = defineEndpoints('crm', {
  startOperation: {
    method: 'POST',
    path: '/record-operations',
    summary: 'Change, delete or restore many records',
    access,
    idempotency: 'key',
    body: StartOperation,
    response: Operation,
    status: 202,
    cost: 5,
    timeoutMs: 30_000,
  },
  previewOperation: {
    method: 'POST',
    path: '/record-operations/preview',
    summary: 'What starting such an operation would do: how many records, which not, and why',
    access,
    idempotency: 'natural',
    body: StartOperation,
    response: OperationPreview,
    status: 200,
    cost: 5,
    timeoutMs: 30_000,
  },
  previewUndoChange: {
    method: 'GET',
    path: '/record-operations/changes/:eventId',
    summary: 'What undoing one change of a record would do',
    access,
    idempotency: 'safe',
    params: idParams('eventId'),
    response: OperationPreview,
    status: 200,
    cost: 2,
  },
  undoChange: {
    method: 'POST',
    path: '/record-operations/changes/:eventId/undo',
    summary: 'Take one change of a record back, where nobody changed the same since',
    access,
    idempotency: 'key',
    params: idParams('eventId'),
    response: Operation,
    status: 202,
    cost: 2,
  },
  previewUndo: {
    method: 'GET',
    path: '/record-operations/:operationId/undo',
    summary: 'What undoing an operation of mine would do, and which records it would leave',
    access,
    idempotency: 'safe',
    params: operationParams,
    response: OperationPreview,
    status: 200,
    cost: 5,
    timeoutMs: 30_000,
  },
  undoOperation: {
    method: 'POST',
    path: '/record-operations/:operationId/undo',
    summary: 'Take an operation of mine back, where nobody changed the same since; undoing that does it again',
    access,
    idempotency: 'key',
    params: operationParams,
    response: Operation,
    status: 202,
    cost: 5,
  },
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
