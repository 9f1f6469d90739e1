import pg from 'pg'
import { AppError, defineError } from '../errors.ts'

/** Every connection is busy and the queue is full or was too slow: a fast answer instead of a pile of waiting work. */
export const databaseBusy = defineError(
  'platform.database.busy',
  503,
  () => 'The system is busy. Try again in a moment.',
  () => ({ retryAfterSeconds: 1 }),
)

export const isDatabaseBusy = (error: unknown): boolean => error instanceof AppError && error.code === databaseBusy().code

const UNAVAILABLE = 'platform.database.unavailable'
const unavailable = defineError(
  UNAVAILABLE,
  503,
  () => 'The database does not answer. Try again in a moment.',
  () => ({ retryAfterSeconds: 1 }),
)

/** The connection could not be opened or broke. Of what was under way, nothing is known to be stored. */
export function databaseUnavailable(cause: unknown): AppError {
  const error = unavailable()
  error.cause = cause
  return error
}

export const isDatabaseUnavailable = (error: unknown): boolean => error instanceof AppError && error.code === UNAVAILABLE

/** A statement ran into a failed transaction, or a transaction was used after its end. */
export const transactionOver = defineError('platform.database.transaction_over', 500, () => 'The transaction is over.')

// SQLSTATE, PostgreSQL manual appendix A.
const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'
const CHECK_VIOLATION = '23514'
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'
const LOCK_NOT_AVAILABLE = '55P03'
const QUERY_CANCELED = '57014'
// Connection exceptions, and the shutdowns of operator intervention.
const CONNECTION_LOSS = /^(08...|57P0[1-5])$/

function hasCode(error: unknown, code: string, constraint?: string): boolean {
  return error instanceof pg.DatabaseError && error.code === code && (constraint === undefined || error.constraint === constraint)
}

/** The server's code for what went wrong, or null where it was not the server that refused. */
export const sqlStateOf = (error: unknown): string | null => (error instanceof pg.DatabaseError ? (error.code ?? null) : null)
/** A second row with the same key; `constraint` narrows it to one. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean => hasCode(error, UNIQUE_VIOLATION, constraint)
/** A reference to what does not exist (or belongs to another organisation), or a removal of what is still referred to. */
export const isForeignKeyViolation = (error: unknown, constraint?: string): boolean => hasCode(error, FOREIGN_KEY_VIOLATION, constraint)
export const isCheckViolation = (error: unknown, constraint?: string): boolean => hasCode(error, CHECK_VIOLATION, constraint)
/** Two transactions crossed: undone as a whole, worth running again. */
export const isTransactionConflict = (error: unknown): boolean => hasCode(error, SERIALIZATION_FAILURE) || hasCode(error, DEADLOCK_DETECTED)
/** `statement_timeout` or `lock_timeout` of the role. */
export const isDatabaseTimeout = (error: unknown): boolean => hasCode(error, QUERY_CANCELED) || hasCode(error, LOCK_NOT_AVAILABLE)
/** The server ended the connection, or never took it. */
export const isConnectionLoss = (error: unknown): boolean => error instanceof pg.DatabaseError && CONNECTION_LOSS.test(error.code ?? '')
