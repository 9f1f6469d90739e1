import { defineError } from '@ai-crm/platform'

/** By the domain of the address alone, and for who has proven to be its person: nothing is told about accounts. */
export const ssoRequired = defineError('auth.sso.required', 403, () => 'Your organisation signs in by single sign-on. Go on with your work e-mail address.')

/** A session that one organisation's provider vouches for is worth nothing in another. */
export const staysHere = defineError(
  'auth.sso.stays_here',
  403,
  () => 'You are signed in by single sign-on of this organisation, which does not count in others. Sign out, and sign in there in its own way.',
)
export const notSetUp = defineError('auth.sso.not_set_up', 404, () => 'There is no single sign-on for this address. Sign in in another way.')

/** The same for a state that is unknown, spent, too old or of another browser. */
export const flowOver = defineError(
  'auth.sso.flow_over',
  403,
  () => 'This sign-in took longer than 10 minutes, was used before, or was begun in another browser. Start it again.',
)
export const providerRefused = defineError('auth.sso.provider_refused', 403, () => 'The provider did not sign you in. Start again, or ask who runs it.')
export const answerRefused = defineError('auth.sso.answer_refused', 403, () => 'The answer of the provider cannot be trusted, so nobody was signed in.')
export const notFresh = defineError(
  'auth.sso.not_fresh',
  403,
  () =>
    'The provider did not say that you have just signed in there, so this cannot prove that it is you. Use a password or a passkey of yours here, or have it say so (auth_time).',
)
export const providerUnreachable = defineError(
  'auth.sso.provider_unreachable',
  503,
  () => 'The provider does not answer at the moment. Try again in a minute.',
  () => ({ retryAfterSeconds: 30 }),
)
export const emailUnverified = defineError('auth.sso.email_unverified', 403, () => 'The provider does not vouch for your e-mail address.')
export const domainNotProven = defineError(
  'auth.sso.domain_not_proven',
  403,
  () => 'The domain of the e-mail address that the provider gave is not one that the organisation has proven for this connection.',
)
export const notInvited = defineError('auth.sso.not_invited', 403, () => 'You do not belong to this organisation. Ask its administrator for an invitation.')
export const identityConflict = defineError(
  'auth.sso.identity_conflict',
  409,
  () => 'Your e-mail address belongs to somebody who signs in as another person of the provider. Ask your administrator.',
)
export const noAccountYet = defineError('auth.sso.no_account', 403, () => 'There is no account for this address yet. Sign up first, then connect it.')

export const issuerRefused = defineError(
  'auth.sso.issuer_refused',
  422,
  (reason: string) => `The provider cannot be used. ${reason}`,
  (reason) => ({ fields: [{ field: '/issuer', message: reason }] }),
)
export const connectionTaken = defineError(
  'auth.sso.connection_taken',
  409,
  () => 'There is a connection with this issuer and client already. Change that one.',
)
export const tooManyConnections = defineError('auth.sso.too_many_connections', 409, (most: number) => `An organisation has at most ${most} connections.`)
export const notTested = defineError('auth.sso.not_tested', 409, () => 'The connection has not passed a test since it was changed. Test it first.')
export const stillEnforced = defineError('auth.sso.still_enforced', 409, () => 'Single sign-on is enforced. Stop enforcing it first.')
export const nothingToEnforce = defineError(
  'auth.sso.nothing_to_enforce',
  409,
  () => 'Enforcing needs a proven domain whose connection is enabled and has passed its test.',
)
export const domainTaken = defineError('auth.domain.taken', 409, () => 'This domain belongs to another organisation.')
export const tooManyDomains = defineError('auth.domain.too_many', 409, (most: number) => `An organisation has at most ${most} domains.`)
export const recordMissing = defineError(
  'auth.domain.record_missing',
  409,
  (name: string) => `There is no such TXT record at ${name} yet. After a change of DNS it can take an hour until it shows.`,
)
export const ticketOver = defineError('auth.sso.ticket_over', 410, () => 'This took longer than 10 minutes. Start again.')
export const lastWayIn = defineError('auth.sso.last_way_in', 409, () => 'You have no other way to sign in. Choose a password first.')
export const identityTaken = defineError('auth.sso.identity_taken', 409, () => 'It is connected with another account.')
