import { expressionBuilder, type Expression } from 'kysely'
import type { Tables } from '../tables.ts'

const account = expressionBuilder<Tables, 'userAccount'>()
const session = expressionBuilder<Tables, 'session'>()

/** Whether a session began after the last change of the password, or is the one that made it: the mark on the account. */
const isAfterChange = (begunAt: Expression<Date> | Date, sessionId: Expression<string> | string) =>
  account.or([account('sessionsValidFrom', 'is', null), account('sessionsValidFrom', '<=', begunAt), account('keptSessionId', '=', sessionId)])

/** In a query that has the session. */
export const isOfThisPassword = () => isAfterChange(session.ref('session.createdAt'), session.ref('session.id'))

/** Where the session is of another organisation and was read before. */
export const wasOfThisPassword = (begunAt: Date, sessionId: string) => () => isAfterChange(begunAt, sessionId)
