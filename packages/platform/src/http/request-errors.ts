import type { Permission } from '@ai-crm/contracts'
import { defineError, type FieldError } from '../errors.ts'

/** Errors that the platform itself answers before, or instead of, a handler. */

export const invalidRequest = defineError(
  'platform.request.invalid',
  400,
  (_fields: readonly FieldError[]) => 'The request does not have the form that this endpoint expects.',
  (fields) => ({ fields }),
)
export const malformedJson = defineError('platform.request.malformed_json', 400, (reason: string) => `The body is no acceptable JSON: ${reason}.`)

export const ambiguousRequest = defineError('platform.request.malformed', 400, () => 'This request could be read in two ways.')

export const unknownApiVersion = defineError(
  'platform.api_version.unknown',
  400,
  (supported: string) => `This server speaks version ${supported} of the API.`,
  (supported) => ({ fields: [{ field: 'headers/api-version', message: `Leave it out, or send ${supported}` }], context: { supported: [supported] } }),
)

export const unauthenticated = defineError('platform.unauthenticated', 401, () => 'A valid access token is needed.')

export const permissionDenied = defineError(
  'platform.permission_denied',
  403,
  (_permission: Permission) => 'Your role does not permit this.',
  (permission) => ({ context: { permission } }),
)
/** Answered by `POST /auth/step-up`: it gives a token with which the request can be repeated. */
export const stepUpNeeded = defineError('auth.step_up_needed', 403, () => 'Confirm that it is you: this needs a proof of the last few minutes.')

/** What belongs to the person themselves (sessions, sockets, their account) is not for keys. */
export const personNeeded = defineError('platform.person_needed', 403, () => 'This is for signed-in people only, not for API keys.')
export const crossSiteRequest = defineError('platform.cross_site_request', 403, () => 'This request came from another site and was refused.')

export const unknownPath = defineError('platform.path.unknown', 404, () => 'There is nothing at this address.')
export const methodNotAllowed = defineError(
  'platform.method_not_allowed',
  405,
  (allowed: readonly string[]) => `This address answers ${allowed.join(', ')} only.`,
  (allowed) => ({ context: { allowed } }),
)

export const idempotencyKeyMissing = defineError(
  'platform.idempotency.key_missing',
  400,
  () => 'Send an Idempotency-Key header of 1 to 255 printable characters.',
  () => ({ fields: [{ field: 'headers/idempotency-key', message: 'Required' }] }),
)
export const idempotencyInFlight = defineError(
  'platform.idempotency.in_flight',
  409,
  () => 'A request with this Idempotency-Key is still running.',
  () => ({ retryAfterSeconds: 1 }),
)
export const idempotencyMismatch = defineError('platform.idempotency.key_reused', 422, () => 'This Idempotency-Key was used for a different request.')
/** It was done, and is not done again; what it answered may by now be none of the caller's business. */
export const replayOutOfReach = defineError(
  'platform.idempotency.rights_changed',
  403,
  () => 'This was done, but how far your rights reach has changed since. Read the result anew.',
)

export const ifMatchMissing = defineError(
  'platform.if_match.missing',
  428,
  () => 'Send If-Match with the ETag of the version that you changed.',
  () => ({ fields: [{ field: 'headers/if-match', message: 'Required' }] }),
)
export const ifMatchInvalid = defineError(
  'platform.if_match.invalid',
  400,
  () => 'If-Match must be one strong ETag that this system gave out, such as "3".',
  () => ({ fields: [{ field: 'headers/if-match', message: 'Invalid' }] }),
)

export const temporarilyUnavailable = defineError(
  'platform.unavailable',
  503,
  () => 'The service is busy or a dependency is away. Try again shortly.',
  () => ({ retryAfterSeconds: 1 }),
)
