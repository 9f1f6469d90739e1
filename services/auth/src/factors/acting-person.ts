import { notFound, type HttpExchange } from '@ai-crm/platform'
import type { FactorStore } from './factor-store.ts'
import type { ActingPerson } from './follow-factor-change.ts'

/** Of the verified token: factors are always one's own. */
export function actingPerson({ principal }: HttpExchange): ActingPerson {
  if (!principal) throw notFound('person')
  return { userId: principal.userId, sessionId: principal.sessionId }
}

/** Whom the token names, as the browser will show them; 404 where the account is gone. */
export async function findPerson(db: FactorStore['db'], userId: string): Promise<{ email: string; name: string }> {
  const person = await db.selectFrom('userAccount').select(['email', 'name']).where('id', '=', userId).executeTakeFirst()
  if (!person) throw notFound('person')
  return person
}
