import type { Velocity } from '@ai-crm/contracts'
import type { Closings } from './closings.ts'

const DAY_MS = 86_400_000

/** Open deals × share of those that are won × what one brings ÷ days until it is won. Empty where nothing was won: then nobody knows. */
export function velocityOf({ won, lost, medianMs, byCurrency }: Closings): Velocity[] {
  if (won === 0 || medianMs === null) return []
  // A deal that was made as won took no time.
  const days = Math.max(medianMs / DAY_MS, 1)
  return byCurrency.flatMap(({ currency, wonCount, wonMinor, openCount }) => {
    if (wonCount === 0) return []
    const averageWonMinor = wonMinor / wonCount
    return [{ currency, openCount, averageWonMinor, perDayMinor: (openCount * (won / (won + lost)) * averageWonMinor) / days }]
  })
}
