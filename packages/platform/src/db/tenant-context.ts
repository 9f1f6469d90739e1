import { deadlineExceeded, remainingMs } from '../deadline.ts'
import type { Statement, TenantContext } from './database.ts'
import { STATEMENT_TIMEOUT_MS } from './prepare/service-roles.ts'

// `true`: until the end of this transaction, never for the session. The empty string is "no organisation".
const SET_CONTEXT = "select set_config('app.organization_id', $1, true)"
const READ_ONLY = ", set_config('transaction_read_only', 'on', true)"
// The server cancels at the deadline what the role would let run on: it counts from each statement's beginning.
const TIMEOUT = ", set_config('statement_timeout', $2, true)"

/** The organisation for row-level security, and the deadline where it comes before the role's own timeout; no statement more than without. */
export const setContext = (context: TenantContext, dueAtMs = Number.POSITIVE_INFINITY): Statement => setting(SET_CONTEXT, context, dueAtMs)
export const setReadOnlyContext = (context: TenantContext, dueAtMs = Number.POSITIVE_INFINITY): Statement => setting(SET_CONTEXT + READ_ONLY, context, dueAtMs)

function setting(text: string, context: TenantContext, dueAtMs: number): Statement {
  const leftMs = leftOf(dueAtMs)
  const organizationId = context?.organizationId ?? ''
  return leftMs >= STATEMENT_TIMEOUT_MS ? { text, values: [organizationId] } : { text: text + TIMEOUT, values: [organizationId, `${leftMs}`] }
}

/** Milliseconds that are left; throws where none are. 0 would mean "without limit" to PostgreSQL. */
export function leftOf(dueAtMs: number): number {
  const leftMs = remainingMs(dueAtMs)
  if (leftMs === 0) throw deadlineExceeded()
  return leftMs
}
