import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'

export const MAX_HAND_OVER_TASKS = 10

/** `assigneeId`: who is to do it; null: whoever owns the deal then. */
export const HandOverTask = z.strictObject({
  title: Line(200),
  dueInDays: z.number().int().min(0).max(365).nullable().default(null),
  assigneeId: z.uuid().nullable().default(null),
})
export type HandOverTask = z.infer<typeof HandOverTask>

/** What happens when a deal is won. `ownerId`: whose it is from then on; null: it stays whose it is. */
export const HandOverPlan = z.strictObject({
  ownerId: z.uuid().nullable().default(null),
  tasks: z.array(HandOverTask).max(MAX_HAND_OVER_TASKS).default([]),
})
export type HandOverPlan = z.infer<typeof HandOverPlan>

/** What those who take part in a hand-over are told: the plan, for one deal. The key of what they do is `handOverId`. */
export const HandOverInput = HandOverPlan.extend({ handOverId: z.uuid(), dealId: z.uuid() })
export type HandOverInput = z.infer<typeof HandOverInput>

/**
 * Why nothing of it stayed. `owner-left`, `assignee-left`: somebody who is named belongs to the organisation no more; `owner-without-access`: their
 * role shows no deals; `no-answer`: a part of the product did not answer in time.
 */
export const HAND_OVER_REASONS = ['owner-left', 'owner-without-access', 'assignee-left', 'deal-gone', 'deal-reopened', 'deal-deleted', 'no-answer'] as const
export const HandOverReason = z.enum(HAND_OVER_REASONS)
export type HandOverReason = z.infer<typeof HandOverReason>

export const HandOverState = z.enum(['running', 'undoing', 'done', 'undone'])
export type HandOverState = z.infer<typeof HandOverState>

/** How a deal was handed over when it was won, or is. */
export const HandOver = z.object({
  id: z.uuid(),
  dealId: z.uuid(),
  state: HandOverState,
  /** Null where it is, or was, not undone. */
  reason: HandOverReason.nullable(),
  /** Whose the deal was when it was won, and whose it is to be. */
  ownerBeforeId: z.uuid().nullable(),
  ownerId: z.uuid().nullable(),
  taskCount: z.number().int(),
  begunAt: Instant,
  endedAt: Instant.nullable(),
})
export type HandOver = z.infer<typeof HandOver>

const dealParams = idParams('dealId')

export const handOverEndpoints = defineEndpoints('pipeline', {
  getDealHandOver: {
    method: 'GET',
    path: '/deals/:dealId/hand-over',
    summary: 'How a won deal was handed over the last time; null: there was nothing to do, or it was never won',
    access: 'crm.deal.read',
    idempotency: 'safe',
    params: dealParams,
    response: z.object({ handOver: HandOver.nullable() }),
    status: 200,
    since: '2026-11-27',
  },
  repeatDealHandOver: {
    method: 'POST',
    path: '/deals/:dealId/hand-over/repeat',
    summary: 'Try again to hand over a won deal, after it was undone, as its pipeline says now',
    access: 'crm.deal.update',
    idempotency: 'key',
    params: dealParams,
    response: HandOver,
    status: 202,
    cost: 2,
    since: '2026-11-27',
  },
})
