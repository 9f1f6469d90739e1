/**
 * What becomes of a proven domain when its record is looked for again.
 *
 *   sound    → failing   (the record is gone, by a definite answer)
 *   failing  → sound     (it is back)
 *   failing  → lapsed    (gone for the whole grace, and looked for often enough in it)
 *
 * Name servers that do not answer say nothing about whose the domain is: they change nothing, and are asked again soon.
 */
export interface Health {
  readonly proofFailures: number
  readonly proofFailingSince: Date | null
}

export interface Verdict {
  readonly failures: number
  readonly failingSince: Date | null
  readonly hasLapsed: boolean
  readonly nextAt: Date
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** However short the grace was made: a record that is being moved must not cost the domain. */
const LEAST_FAILURES = 5

/** `isThere`: null where nobody answered. */
export function judge({ proofFailures, proofFailingSince }: Health, isThere: boolean | null, now: Date, graceDays: number): Verdict {
  const inMs = (ms: number) => new Date(now.getTime() + ms)
  if (isThere === true) return { failures: 0, failingSince: null, hasLapsed: false, nextAt: inMs(DAY_MS) }
  if (isThere === null) return { failures: proofFailures, failingSince: proofFailingSince, hasLapsed: false, nextAt: inMs(HOUR_MS) }
  const failures = proofFailures + 1
  const failingSince = proofFailingSince ?? now
  const hasLapsed = failures >= LEAST_FAILURES && now >= lapsesAt(failingSince, graceDays)
  // 1, 4, 16 hours, then daily.
  return { failures, failingSince, hasLapsed, nextAt: inMs(Math.min(DAY_MS, HOUR_MS * 4 ** (failures - 1))) }
}

export const lapsesAt = (failingSince: Date, graceDays: number): Date => new Date(failingSince.getTime() + graceDays * DAY_MS)

/** The first miss may be a change that is under way: people hear of the second, once. */
export const isWorthWarning = ({ proofFailures }: Health, { failures }: Verdict): boolean => failures === 2 && proofFailures === 1
