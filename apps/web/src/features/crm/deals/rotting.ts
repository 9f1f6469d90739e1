import type { Stage } from '@ai-crm/contracts'

const DAY_MS = 86_400_000

/** Whole days since a deal entered its stage. */
export const daysIn = (enteredAt: string, now: Date): number => Math.max(0, Math.floor((now.getTime() - Date.parse(enteredAt)) / DAY_MS))

/** Whether a deal stands in its stage for longer than the stage allows. */
export const isRotting = ({ kind, rottingDays }: Pick<Stage, 'kind' | 'rottingDays'>, enteredAt: string, now: Date): boolean =>
  kind === 'open' && rottingDays !== null && now.getTime() - Date.parse(enteredAt) > rottingDays * DAY_MS
