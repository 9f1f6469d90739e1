import { deadlineExceeded } from './request-errors.ts'

/**
 * Runs the work with a signal that aborts after `timeoutMs`; then the caller is answered at once with
 * `deadlineExceeded`, even if the work does not heed the signal.
 */
export async function withDeadline<Result>(timeoutMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController()
  const { promise: expired, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const error = deadlineExceeded()
    controller.abort(error)
    reject(error)
  }, timeoutMs)
  try {
    return await Promise.race([work(controller.signal), expired])
  } finally {
    clearTimeout(timer)
  }
}
