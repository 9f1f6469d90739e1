import type { Dispatcher } from 'undici'
import { SHED_HEADER, UNWELL_HEADER } from '../http/overload/shed-header.ts'
import type { Admission } from '../resilience/breaker.ts'
import type { Failure } from './failure-of.ts'
import type { Standing } from './standing.ts'

export type Verdict = 'well' | 'sick' | 'away' | 'unknown'

/** The breaker and the standing hear of the same calls, and judge them by rules of their own. */
export function tell(verdict: Verdict, admission: Admission, standing: Standing): void {
  if (verdict === 'unknown') {
    admission.abandoned()
    standing.abandoned()
  } else if (verdict === 'well') {
    admission.succeeded()
    standing.succeeded()
  } else {
    admission.failed()
    standing.failed(verdict === 'away')
  }
}

/** What it says about the replica that there was no answer. */
export function verdictOnFailure(failure: Failure, isHasty: boolean): Verdict {
  if (failure === 'away') return 'away'
  return failure === 'abandoned' || (failure === 'late' && isHasty) ? 'unknown' : 'sick'
}

/**
 * What the answer says about the replica. Our services say themselves when they cannot work: a problem that they planned
 * (they shed load, a dependency of one tenant is away) shows that they are alive, and cutting them off would turn twice
 * their load into none. What is no problem of ours comes from something in between.
 */
export function verdictOn({ statusCode, headers }: Dispatcher.ResponseData, isHasty: boolean): Verdict {
  if (statusCode === 504) return isHasty ? 'unknown' : 'sick'
  if (statusCode === 502) return 'sick'
  if (statusCode !== 503) return 'well'
  return headers[UNWELL_HEADER] !== undefined || (headers[SHED_HEADER] === undefined && !isProblem(headers)) ? 'sick' : 'well'
}

const isProblem = (headers: Dispatcher.ResponseData['headers']): boolean => String(headers['content-type'] ?? '').startsWith('application/problem+json')
