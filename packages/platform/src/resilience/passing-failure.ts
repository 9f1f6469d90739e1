import { isConnectionLoss, isDatabaseTimeout, isTransactionConflict } from '../db/errors.ts'
import { isInfrastructureFailure } from './infrastructure-failure.ts'

/** Worth the same attempt later: something outside failed, or two got into each other's way. All else fails anew each time. */
export const isPassingFailure = (error: unknown): boolean =>
  isInfrastructureFailure(error) || isTransactionConflict(error) || isDatabaseTimeout(error) || isConnectionLoss(error)
