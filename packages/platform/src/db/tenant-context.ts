import type { Statement, TenantContext } from './database.ts'

// `true`: until the end of this transaction, never for the session. The empty string is "no organisation".
const SET_CONTEXT = "select set_config('app.organization_id', $1, true)"
const SET_READ_ONLY_CONTEXT = "select set_config('app.organization_id', $1, true), set_config('transaction_read_only', 'on', true)"

export const setContext = (context: TenantContext): Statement => ({ text: SET_CONTEXT, values: [context?.organizationId ?? ''] })
export const setReadOnlyContext = (context: TenantContext): Statement => ({ text: SET_READ_ONLY_CONTEXT, values: [context?.organizationId ?? ''] })
