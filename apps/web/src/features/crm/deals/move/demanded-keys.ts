import { CUSTOM_PREFIX, ProblemError } from '@ai-crm/contracts'
import { obstaclesIn } from '../../../../lib/pipelines/obstacles.ts'

const MISSING = 'crm.field.values_missing'

/** Keys of the fields that a refused change asks for, `amountMinor` or `custom.<id>`; null where values would not help. */
export function demandedIn(error: Error | null): readonly string[] | null {
  if (error instanceof ProblemError && error.code === MISSING)
    return (error.problem.errors ?? []).map(({ field }) => field.replace('/custom/', CUSTOM_PREFIX).replace(/^\//, ''))
  const obstacles = obstaclesIn(error)
  if (!obstacles || obstacles.length === 0) return null
  const keys = obstacles.flatMap(({ rule, field }) => (rule === 'required-field' && field ? [field] : []))
  return keys.length === obstacles.length ? [...new Set(keys)] : null
}
