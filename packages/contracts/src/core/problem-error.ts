import { Problem } from './problem.ts'

/** What the typed client throws: the server's problem, or one of `client.network`, `client.unreadable_answer` of its own. */
export class ProblemError extends Error {
  readonly problem: Problem
  /** Seconds that the server asks to wait, or null. */
  readonly retryAfterSeconds: number | null
  /** When that is over, by the clock here. */
  readonly retryAt: Date | null

  constructor(problem: Problem, retryAfterSeconds: number | null = null) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
    this.retryAt = retryAfterSeconds === null ? null : new Date(Date.now() + retryAfterSeconds * 1000)
  }

  /** HTTP status; 0 when no answer came. */
  get status(): number {
    return this.problem.status
  }
  /** Stable and machine-readable: switch on this. */
  get code(): string {
    return this.problem.code
  }
}

/** The error that an answer which is no success stands for. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const parsed = Problem.safeParse(await response.json().catch(() => null))
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const requestId = response.headers.get('x-request-id') ?? ''
  const problem = parsed.success ? parsed.data : clientProblem(response.status, 'client.unreadable_answer', 'The server gave no readable answer.', requestId)
  return new ProblemError(problem, Number.isFinite(retryAfter) ? retryAfter : null)
}

/** No answer came: the server cannot be reached. */
export const networkProblem = (): ProblemError =>
  new ProblemError(clientProblem(0, 'client.network', 'The server cannot be reached. Check the connection.', ''))

const clientProblem = (status: number, code: string, detail: string, requestId: string): Problem => ({
  type: `urn:ai-crm:problem:${code}`,
  title: 'Error',
  status,
  code,
  detail,
  requestId,
})
