import type { ConversationStatus } from '@ai-crm/contracts'
import { snoozeNeedsTime } from './errors.ts'

export interface ConversationState {
  status: ConversationStatus
  assigneeId: string | null
  snoozedUntil: Date | null
}
export interface ConversationInput {
  status?: ConversationStatus | undefined
  assigneeId?: string | null | undefined
  snoozedUntil?: string | null | undefined
}

/**
 * States: open ⇄ closed; open | closed → snoozed (until a moment) → open (the moment comes, or the customer writes).
 * A moment alone snoozes; null alone wakes. Throws `snoozeNeedsTime`.
 */
export function nextState(current: ConversationState, input: ConversationInput, now: Date): ConversationState {
  const assigneeId = input.assigneeId === undefined ? current.assigneeId : input.assigneeId
  const until = input.snoozedUntil === undefined ? current.snoozedUntil : input.snoozedUntil === null ? null : new Date(input.snoozedUntil)
  const status = input.status ?? statusBySnooze(current.status, input.snoozedUntil)
  if (status !== 'snoozed') return { status, assigneeId, snoozedUntil: null }
  if (!until || until <= now) throw snoozeNeedsTime()
  return { status, assigneeId, snoozedUntil: until }
}

function statusBySnooze(status: ConversationStatus, snoozedUntil: string | null | undefined): ConversationStatus {
  if (snoozedUntil) return 'snoozed'
  return snoozedUntil === null && status === 'snoozed' ? 'open' : status
}

/** Only what differs, in the shape of conversation.updated. */
export function changesBetween(from: ConversationState, to: ConversationState) {
  const instants = { from: from.snoozedUntil?.toISOString() ?? null, to: to.snoozedUntil?.toISOString() ?? null }
  return {
    ...(from.status === to.status ? {} : { status: { from: from.status, to: to.status } }),
    ...(from.assigneeId === to.assigneeId ? {} : { assigneeId: { from: from.assigneeId, to: to.assigneeId } }),
    ...(instants.from === instants.to ? {} : { snoozedUntil: instants }),
  }
}
