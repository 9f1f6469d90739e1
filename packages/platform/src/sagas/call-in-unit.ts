import type { UnitOfWork } from '../runtime/runtime.ts'
import type { SagaScope } from './advance-saga.ts'

/** Runs the work with what a consumer would get, and commits; undone when it throws. */
export async function callInUnit(unit: UnitOfWork, work: (scope: SagaScope) => Promise<void>): Promise<void> {
  try {
    await work({ ...unit.ctx, ...unit.scope })
    await unit.commit()
  } catch (error) {
    await unit.rollback()
    throw error
  }
}
