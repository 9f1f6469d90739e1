import { ProblemError } from '@ai-crm/contracts'

/** Of a record that went into another one: that other one, to which its address leads. */
export function mergedInto(error: unknown): string | null {
  if (!(error instanceof ProblemError) || error.code !== 'crm.record.merged') return null
  const id = error.problem.context?.['mergedInto']
  return typeof id === 'string' ? id : null
}
