import { notFound, type HttpExchange } from '@ai-crm/platform'
import type { ActingPerson } from './follow-factor-change.ts'

/** Of the verified token: factors are always one's own. */
export function actingPerson({ principal }: HttpExchange): ActingPerson {
  if (!principal) throw notFound('person')
  return { userId: principal.userId, sessionId: principal.sessionId }
}
