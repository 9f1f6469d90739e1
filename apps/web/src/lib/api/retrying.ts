import { ProblemError } from '@ai-crm/contracts'

const pausesMs = [400, 1500] as const

/** No answer (0), or a part that is restarting: worth another try. A refusal is not. */
export const isWorthRetrying = (error: unknown): boolean => error instanceof ProblemError && [0, 502, 503, 504].includes(error.status)

/** Runs a task up to three times; only for what is harmless to repeat. */
export async function retrying<T>(task: () => Promise<T>, wait: (ms: number) => Promise<void> = sleep): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await task()
    } catch (error) {
      if (!isWorthRetrying(error)) throw error
      await wait(pauseMs)
    }
  }
  return task()
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
