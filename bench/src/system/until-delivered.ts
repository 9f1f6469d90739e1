import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchDatabase } from './start-postgres.ts'

const PATIENCE_MS = 60_000

/**
 * Waits until every event of crm was delivered, so that one workload does not run in the wake of another, and says how
 * fast that was.
 */
export async function untilDelivered(database: BenchDatabase, patienceMs = PATIENCE_MS): Promise<void> {
  const startedAt = performance.now()
  const waitingAtFirst = await countWaiting(database)
  if (waitingAtFirst === 0) return
  for (let waiting = waitingAtFirst; ; waiting = await countWaiting(database)) {
    const elapsedSeconds = (performance.now() - startedAt) / 1000
    if (waiting === 0 || elapsedSeconds * 1000 > patienceMs) {
      const delivered = waitingAtFirst - waiting
      console.error(
        `  … ${delivered} of ${waitingAtFirst} waiting events delivered in ${elapsedSeconds.toFixed(1)} s: ${(delivered / elapsedSeconds).toFixed(0)}/s`,
      )
      return
    }
    await sleep(100)
  }
}

async function countWaiting(database: BenchDatabase): Promise<number> {
  const [row] = await database.query('select count(*) as waiting from crm.outbox')
  return Number(row?.['waiting'])
}
