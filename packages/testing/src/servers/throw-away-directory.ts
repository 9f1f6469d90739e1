import { mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** More than all servers of a run hold at once; containers have 64 MB there unless told. */
const ENOUGH_BYTES = 4 * 1024 ** 3

/**
 * A new directory for the data of a test's server: in memory where there is plenty. A copied database is two thousand files, which a
 * disk takes three times as long for; what a killed process wrote survives there as well.
 */
export const throwAwayDirectory = (prefix: string): string => mkdtempSync(join(hasPlentyOfMemory() ? MEMORY : tmpdir(), prefix))

function hasPlentyOfMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > ENOUGH_BYTES
  } catch {
    return false
  }
}
