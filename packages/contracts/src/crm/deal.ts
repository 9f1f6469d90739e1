import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Day, idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'
import { markRecord } from '../core/record.ts'
import { CustomValues, GivenCustom } from './field-kinds.ts'
import { asOf, AsOfQuery, TimelineEntry } from './http.ts'
import { StageId, StageKind } from '../pipeline/stages.ts'
import { TagIds } from './tags.ts'
import { ListQuery } from './list-query.ts'
import { Summary, SummaryQuery } from './list-summary.ts'

/** ISO 4217, as a code of three letters. */
const Currency = z.string().regex(/^[A-Z]{3}$/)
/** In the smallest unit of the currency: 1050 with EUR is 10.50. */
const AmountMinor = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** Somebody of the customer's who takes part, each once. */
const DealContacts = z.array(z.strictObject({ contactId: z.uuid(), role: Line(100).nullable().default(null) })).max(20)

export const DealContact = z.object({ contactId: z.uuid(), role: z.string().nullable() })
export type DealContact = z.infer<typeof DealContact>

export const CreateDeal = markRecord(
  'deal',
  z.strictObject({
    title: Line(200),
    /** Together with its currency, or neither. */
    amountMinor: AmountMinor.nullable().default(null),
    currency: Currency.nullable().default(null),
    /** Absent: the first stage of the first pipeline. */
    stage: StageId.optional(),
    /** Only of a lost deal. */
    lostReason: Line(500).nullable().default(null),
    expectedCloseOn: Day.nullable().default(null),
    companyId: z.uuid().nullable().default(null),
    contacts: DealContacts.default([]),
    tagIds: TagIds.default([]),
    /** Whose the deal will be. Absent: of whoever makes it; null: nobody's. */
    ownerId: z.uuid().nullable().optional(),
    custom: GivenCustom.default({}),
  }),
)
export type CreateDeal = z.infer<typeof CreateDeal>

/** Absent fields stay as they are; null empties one. A stage of another pipeline takes the deal there. Leaving a stage of lost deals forgets the reason. */
export const UpdateDeal = markRecord(
  'deal',
  z.strictObject({
    title: Line(200).optional(),
    amountMinor: AmountMinor.nullable().optional(),
    currency: Currency.nullable().optional(),
    stage: StageId.optional(),
    lostReason: Line(500).nullable().optional(),
    expectedCloseOn: Day.nullable().optional(),
    companyId: z.uuid().nullable().optional(),
    contacts: DealContacts.optional(),
    tagIds: TagIds.optional(),
    ownerId: z.uuid().nullable().optional(),
    custom: GivenCustom.optional(),
  }),
)
export type UpdateDeal = z.infer<typeof UpdateDeal>

export const Deal = markRecord(
  'deal',
  z.object({
    id: z.uuid(),
    title: z.string(),
    amountMinor: z.number().int().nullable(),
    currency: z.string().nullable(),
    /** The pipeline that the stage belongs to. */
    pipelineId: z.uuid(),
    stage: StageId,
    stageKind: StageKind,
    /** Since when it stands there. */
    stageEnteredAt: Instant,
    lostReason: z.string().nullable(),
    expectedCloseOn: z.iso.date().nullable(),
    companyId: z.uuid().nullable(),
    /** Null also where whoever asks may not see the company. */
    companyName: z.string().nullable(),
    contacts: z.array(DealContact),
    tagIds: z.array(z.uuid()),
    /** The member whose the deal is: of the scopes `own` and `team`. Null: nobody's. */
    ownerId: z.uuid().nullable(),
    custom: CustomValues,
    createdAt: Instant,
    updatedAt: Instant,
    version: z.number().int(),
  }),
)
export type Deal = z.infer<typeof Deal>

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
/** Ids of up to 100 records, separated by commas. */
const Ids = z.string().regex(new RegExp(`^${UUID}(?:,${UUID}){0,99}$`, 'i'))

/** `search`: every word must occur in the title; a typo is forgiven. `stageKind`: `open` are all that are not over. */
export const DealSearch = ListQuery.extend({
  ids: Ids.optional(),
  stage: StageId.optional(),
  stageKind: StageKind.optional(),
  pipelineId: z.uuid().optional(),
  owner: z.enum(['mine', 'teams', 'nobody']).optional(),
  companyId: z.uuid().optional(),
  contactId: z.uuid().optional(),
})
export type DealSearch = z.infer<typeof DealSearch>

export const DealSummaryQuery = SummaryQuery.extend(
  DealSearch.pick({ stage: true, stageKind: true, pipelineId: true, owner: true, companyId: true, contactId: true }).shape,
)
export type DealSummaryQuery = z.infer<typeof DealSummaryQuery>

const dealParams = idParams('dealId')

/** As its events tell it. */
export const DealAsOf = z.object({ ...asOf, deal: markRecord('deal', Deal.omit({ companyName: true })) })
export type DealAsOf = z.infer<typeof DealAsOf>

export const dealEndpoints = defineEndpoints('crm', {
  createDeal: {
    method: 'POST',
    path: '/deals',
    summary: 'Create a deal',
    access: 'crm.deal.create',
    idempotency: 'key',
    body: CreateDeal,
    response: Deal,
    status: 201,
    cost: 2,
  },
  listDeals: {
    method: 'GET',
    path: '/deals',
    summary: 'List and search deals',
    access: 'crm.deal.read',
    idempotency: 'safe',
    query: DealSearch,
    response: pageOf(Deal),
    status: 200,
  },
  summarizeDeals: {
    method: 'GET',
    path: '/deals/summary',
    summary: 'Count, sum and group all deals of a list',
    access: 'crm.deal.read',
    idempotency: 'safe',
    query: DealSummaryQuery,
    response: Summary,
    status: 200,
    cost: 3,
  },
  getDeal: {
    method: 'GET',
    path: '/deals/:dealId',
    summary: 'Read one deal',
    access: 'crm.deal.read',
    idempotency: 'safe',
    params: dealParams,
    response: Deal,
    status: 200,
    concurrency: 'etag',
  },
  updateDeal: {
    method: 'PATCH',
    path: '/deals/:dealId',
    summary: 'Change fields of a deal, its stage among them',
    access: 'crm.deal.update',
    idempotency: 'key',
    params: dealParams,
    body: UpdateDeal,
    response: Deal,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  deleteDeal: {
    method: 'DELETE',
    path: '/deals/:dealId',
    summary: 'Delete a deal',
    access: 'crm.deal.delete',
    idempotency: 'natural',
    params: dealParams,
    status: 204,
    cost: 2,
  },
  getDealAsOf: {
    method: 'GET',
    path: '/deals/:dealId/as-of',
    summary: 'A deal as it was at a moment; deleted ones too',
    access: 'crm.deal.read',
    idempotency: 'safe',
    params: dealParams,
    query: AsOfQuery,
    response: DealAsOf,
    status: 200,
    cost: 2,
  },
  listDealTimeline: {
    method: 'GET',
    path: '/deals/:dealId/timeline',
    summary: 'Everything that happened with a deal, newest first',
    access: 'crm.deal.read',
    idempotency: 'safe',
    params: dealParams,
    query: PageQuery,
    response: pageOf(TimelineEntry),
    status: 200,
  },
})
