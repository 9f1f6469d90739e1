import type { Task } from '@ai-crm/contracts'
import { calendarDaysBetween } from '../../../lib/time/format.ts'

export const GROUPS = ['overdue', 'today', 'tomorrow', 'week', 'later', 'sometime'] as const
export type Group = (typeof GROUPS)[number]

/** Where an open task stands in the reader's days. */
export function groupOf(dueAt: string | null, now: Date): Group {
  if (dueAt === null) return 'sometime'
  const due = new Date(dueAt)
  if (due.getTime() < now.getTime()) return 'overdue'
  const days = calendarDaysBetween(now, due)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  return days < 7 ? 'week' : 'later'
}

/** The tasks of a list in the order of the groups; groups without one are left out. */
export function inGroups(tasks: readonly Task[], now: Date): readonly { group: Group; tasks: readonly Task[] }[] {
  const of = Map.groupBy(tasks, ({ dueAt }) => groupOf(dueAt, now))
  return GROUPS.flatMap((group) => {
    const found = of.get(group)
    return found ? [{ group, tasks: found }] : []
  })
}
