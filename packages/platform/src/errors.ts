/** An error that is part of a contract: it becomes problem+json with its code, status and message. */
export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly fields: readonly FieldError[]
  readonly context: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds: number | null

  constructor(code: string, status: number, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.status = status
    this.fields = details.fields ?? []
    this.context = details.context ?? {}
    this.retryAfterSeconds = details.retryAfterSeconds ?? null
  }
}

/** `field` is a JSON pointer into the body (`/email`), or `query/limit`, `params/contactId`, `headers/if-match`. */
export interface FieldError {
  field: string
  message: string
}
export interface ErrorDetails {
  fields?: readonly FieldError[]
  context?: Record<string, unknown>
  retryAfterSeconds?: number
}

/**
 * Declares an error of a service: `defineError('crm.contact.email_taken', 409, (email: string) => …)`.
 * The code is the contract and never changes; the message is for people. Call the result and throw it.
 */
export function defineError<Args extends unknown[]>(
  code: string,
  status: number,
  message: (...args: Args) => string,
  details: (...args: Args) => ErrorDetails = () => ({}),
): (...args: Args) => AppError {
  return (...args) => new AppError(code, status, message(...args), details(...args))
}

/** The same answer for what does not exist and what belongs to another organisation (reliability 5.5). */
export const notFound = defineError('platform.not_found', 404, (thing: string) => `There is no such ${thing}.`)

/** The row changed since the client read it; `currentVersion` is what it is now. */
export const versionConflict = defineError(
  'platform.version_conflict',
  409,
  (thing: string, _currentVersion: number) => `This ${thing} was changed meanwhile. Reload it and apply your change again.`,
  (_thing, currentVersion) => ({ context: { currentVersion } }),
)
