import type { ExpressionBuilder } from 'kysely'
import type { Tables } from '../tables.ts'

/** Whether the session began after the last change of the password, or is the one that made it: the mark on the account. */
export const isOfThisPassword = (where: ExpressionBuilder<Tables, 'session' | 'userAccount'>) =>
  where.or([
    where('sessionsValidFrom', 'is', null),
    where('session.createdAt', '>=', where.ref('sessionsValidFrom')),
    where('keptSessionId', '=', where.ref('session.id')),
  ])
