import type { ServiceRuntime, UnitOfWork } from '../runtime/runtime.ts'
import type { Statement } from '../db/database.ts'
import { originOf } from './handle-event.ts'
import { advanceLine, insertParked, lockLine, postponeParked, type Parking } from './parked-event.ts'

/** Parks an event in a transaction of its own. Rejects when the database is away: then the bus delivers it again. */
export const parkEvent = (runtime: ServiceRuntime, parking: Parking): Promise<void> => inOwnUnit(runtime, parking, [lockLine(parking), insertParked(parking)])

/** Notes that the retry of a parked event failed as well; a dead one lets its line pass. */
export const postponeEvent = (runtime: ServiceRuntime, parking: Parking, failedBefore: number): Promise<void> =>
  inOwnUnit(runtime, parking, [lockLine(parking), postponeParked(parking, failedBefore), advanceLine(parking)])

async function inOwnUnit(runtime: ServiceRuntime, { envelope }: Parking, statements: readonly Statement[]): Promise<void> {
  const unit: UnitOfWork = runtime.openUnit(originOf(envelope), { signal: new AbortController().signal, log: runtime.log })
  try {
    await unit.batch(statements)
    await unit.commit()
  } catch (error) {
    await unit.rollback()
    throw error
  }
}
