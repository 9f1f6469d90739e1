import type { Cell } from './cell.ts'

/** Instants as the clock on the wall of a zone shows them. */
export function wallClock(zone: string): (instant: string | null) => Cell {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return (instant) => (instant === null ? null : { wall: format.format(new Date(instant)) })
}
