import type { TFunction } from 'i18next'
import { ProblemError } from '@ai-crm/contracts'

const explainedStatuses = [400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 502, 503, 504] as const

/** Codes that deserve better words than their status has. */
const explainedCodes: Readonly<Record<string, 'auth_session_wrong_credentials' | 'auth_user_email_taken' | 'crm_contact_email_taken'>> = {
  'auth.session.wrong_credentials': 'auth_session_wrong_credentials',
  'auth.user.email_taken': 'auth_user_email_taken',
  'crm.contact.email_taken': 'crm_contact_email_taken',
}

/** What went wrong and what to do next, in the reader's language; the server's own words where we have none. */
export function explain(error: Error, t: TFunction): string {
  if (!(error instanceof ProblemError)) return t('problems.unreachable')
  const { code, status, detail } = error.problem
  if (status === 0) return t('problems.unreachable')
  const known = explainedCodes[code]
  if (known) return t(`problems.codes.${known}`)
  const explained = explainedStatuses.find((candidate) => candidate === status)
  return explained ? t(`problems.status.s${explained}`) : detail || t('problems.unknown')
}

/** The server's message for one field of a form (`/email` points at `email`). */
export function fieldProblem(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined
  return error.problem.errors?.find((entry) => entry.field === `/${field}` || entry.field === field)?.message
}

export const isStatus = (error: unknown, ...statuses: number[]): boolean => error instanceof ProblemError && statuses.includes(error.problem.status)
