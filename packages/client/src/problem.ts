import type { components } from '../generated/schema.d.ts'

type Problem = components['schemas']['Problem']

/** A refusal of the server (RFC 9457): switch on `code`, show `message`, quote `requestId` when you ask for help. */
export class CrmProblem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string
  /** Which fields were wrong, as JSON pointers. */
  readonly fields: readonly { field: string; message: string }[]
  /** Seconds that the server asks to wait, or null. */
  readonly retryAfterSeconds: number | null

  constructor(problem: Partial<Problem>, response: Response) {
    super(problem.detail ?? `The server answered ${response.status}.`)
    this.name = 'CrmProblem'
    this.status = response.status
    this.code = problem.code ?? 'client.unreadable_answer'
    this.requestId = problem.requestId ?? response.headers.get('x-request-id') ?? ''
    this.fields = problem.errors ?? []
    const asked = Number(response.headers.get('retry-after') ?? Number.NaN)
    this.retryAfterSeconds = Number.isFinite(asked) ? asked : null
  }
}

/** The data of an answer; throws `CrmProblem` where the server refused: `const contact = await unwrap(crm.POST(…))`. */
export async function unwrap<Data>(answering: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> {
  const { data, error, response } = await answering
  if (error !== undefined || !response.ok) throw new CrmProblem(isRecord(error) ? error : {}, response)
  // An answer without a body (204) has no data, and its type says so.
  return data as Data
}

const isRecord = (value: unknown): value is Partial<Problem> => typeof value === 'object' && value !== null
