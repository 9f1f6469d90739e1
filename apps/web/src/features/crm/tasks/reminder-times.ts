export const LEADS = ['atDue', 'quarter', 'hour', 'day'] as const
export type Lead = (typeof LEADS)[number]

/** Before a task is due. */
const MINUTES: Readonly<Record<Lead, number>> = { atDue: 0, quarter: 15, hour: 60, day: 24 * 60 }

const MINUTE_MS = 60_000

export const remindAtOf = (dueAt: string, lead: Lead): string => new Date(Date.parse(dueAt) - MINUTES[lead] * MINUTE_MS).toISOString()

/** The offer that a reminder was made by; null for a time of its own. */
export function leadOf(dueAt: string | null, remindAt: string | null): Lead | null {
  if (dueAt === null || remindAt === null) return null
  const minutes = (Date.parse(dueAt) - Date.parse(remindAt)) / MINUTE_MS
  return LEADS.find((lead) => MINUTES[lead] === minutes) ?? null
}

/** An instant as the browser's own field of date and time wants it, in the reader's zone: `2026-03-18T15:30`. */
export function toLocalField(instant: string | null): string {
  if (instant === null) return ''
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

/** What the field holds as an instant; null where it is empty or half typed. */
export function fromLocalField(text: string): string | null {
  const at = /^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(text) ? new Date(text) : null
  return at === null || Number.isNaN(at.getTime()) ? null : at.toISOString()
}
