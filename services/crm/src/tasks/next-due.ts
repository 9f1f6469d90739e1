import type { GivenTaskRepeat, TaskPace, TaskRepeat } from '@ai-crm/contracts'

const DAY_MS = 86_400_000
/** What lies between two of a pace at most: of a task that was due long ago, those that have passed are skipped at once. */
const MOST_MS: Readonly<Record<TaskPace, number>> = { day: DAY_MS, weekday: DAY_MS, week: 7 * DAY_MS, month: 31 * DAY_MS }
const LAST_YEAR = 9999

/** With the day of the month on which a task is due that comes every month. */
export function repeatOf({ every, zone }: GivenTaskRepeat, dueAt: string): TaskRepeat {
  const day = new Date(wallOf(new Date(dueAt), zone)).getUTCDate()
  return { every, zone, day: every === 'month' && !Number.isNaN(day) ? day : null }
}

/**
 * When the next one is due: at the same time of the day by the clock of the zone, after this one and after now. A month that has no such day
 * has it on its last. Null after the year 9999.
 */
export function nextDue(dueAt: string, repeats: TaskRepeat, now: Date): string | null {
  const due = new Date(dueAt)
  const after = Math.max(due.getTime(), now.getTime())
  const wall = wallOf(due, repeats.zone)
  if (Number.isNaN(wall)) return null
  const skipped = Math.max(0, Math.floor((after - due.getTime()) / MOST_MS[repeats.every]) - 2)
  for (let nth = skipped + 1; ; nth++) {
    const stepped = stepFrom(wall, repeats, nth)
    if (new Date(stepped).getUTCFullYear() > LAST_YEAR) return null
    const at = instantOf(stepped, repeats.zone)
    if (at > after && !(repeats.every === 'weekday' && isWeekend(stepped))) return new Date(at).toISOString()
  }
}

function stepFrom(wall: number, { every, day }: TaskRepeat, nth: number): number {
  if (every !== 'month') return wall + nth * (every === 'week' ? 7 : 1) * DAY_MS
  const from = new Date(wall)
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + nth]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(day ?? from.getUTCDate(), lastDay)) + (wall - Math.floor(wall / DAY_MS) * DAY_MS)
}

const isWeekend = (wall: number): boolean => [0, 6].includes(new Date(wall).getUTCDay())

/** What the clock on the wall shows, as if it were UTC; NaN where that is after the year 9999. */
function wallOf(at: Date, zone: string): number {
  // Swedish writes dates as ISO 8601 does.
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Date.parse(`${text.replace(' ', 'T').padStart('2026-01-31T12:00:00'.length, '0')}Z`) + (((at.getTime() % 1000) + 1000) % 1000)
}

/** When the clock shows that; of an hour that a spring leaves out, an hour later. */
function instantOf(wall: number, zone: string): number {
  const offsetAt = (at: number): number => wallOf(new Date(at), zone) - at
  const guess = wall - offsetAt(wall)
  return wall - offsetAt(guess)
}
