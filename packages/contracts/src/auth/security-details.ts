import { z } from 'zod'
import { SESSION_ENDS } from './events.ts'

/** Facts that an entry of the security log may have. Additive; people read each behind a word of their language. */
export const SECURITY_DETAILS = [
  'added',
  'base',
  'by',
  'byOperator',
  'bytes',
  'changed',
  'codesLeft',
  'connectionId',
  'customRoleId',
  'email',
  'enabled',
  'erasesAt',
  'erasureId',
  'factor',
  'fields',
  'files',
  'finding',
  'flag',
  'format',
  'from',
  'handOverTo',
  'isSecondFactorRequired',
  'isSsoEnforced',
  'issuer',
  'lapsesAt',
  'members',
  'method',
  'movedMembers',
  'name',
  'permissions',
  'provider',
  'reason',
  'removed',
  'requestedById',
  'resetsAt',
  'role',
  'rows',
  'service',
  'sessionId',
  'tested',
  'to',
] as const
export const SecurityDetail = z.enum(SECURITY_DETAILS)
export type SecurityDetail = z.infer<typeof SecurityDetail>

/** Values of such facts that are words of ours; names and addresses of people stand as they are. */
export const SecurityDetailValue = z.enum([
  ...SESSION_ENDS,
  // Of second factors that were to be taken away, and of an address that was changed back.
  'used',
  'elsewhere',
  'refused',
  'reverted',
  // Why single sign-on did not let somebody in: the last words of the codes of its errors.
  'provider_refused',
  'answer_refused',
  'provider_unreachable',
  'email_unverified',
  'domain_not_proven',
  'not_invited',
  'identity_conflict',
  'stays_here',
  'issuer_refused',
  'required',
  // How a test of a connection went.
  'good',
  // Ways to prove who one is.
  'password',
  'totp',
  'passkey',
  'recovery-code',
  'sso',
  'connection',
  'google',
  'microsoft',
  // What can be changed of an organisation or a connection.
  'locale',
  'timeZone',
  'clientId',
  'clientSecret',
  'defaultRole',
  'isTrustedToAskAgain',
])
export type SecurityDetailValue = z.infer<typeof SecurityDetailValue>
