import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant, Line, idParams } from '../core/page.ts'
import { SignedIn } from './http.ts'
import { SIGN_IN_PROVIDERS } from './sso.ts'
import { NewPasskeyCredential, PasskeyAssertion, PasskeyCreation, PasskeyRequest } from './passkeys.ts'

/** Six digits; spaces, as apps show them, are taken out. */
export const TotpCode = z
  .string()
  .max(20)
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

const totpProof = z.strictObject({ method: z.literal('totp'), code: TotpCode })
const recoveryProof = z.strictObject({ method: z.literal('recovery-code'), code: z.string().min(1).max(60) })
const passkeyProof = z.strictObject({ method: z.literal('passkey'), credential: PasskeyAssertion })
const passwordProof = z.strictObject({ method: z.literal('password'), password: z.string().min(1).max(200) })

export const SecondFactorProof = z.discriminatedUnion('method', [totpProof, recoveryProof, passkeyProof])
export type SecondFactorProof = z.infer<typeof SecondFactorProof>

/** A password counts only for people who have no second factor. */
export const StepUpProof = z.discriminatedUnion('method', [passwordProof, totpProof, recoveryProof, passkeyProof])
export type StepUpProof = z.infer<typeof StepUpProof>

const Challenge = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

export const Passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its keeper synchronises it between devices. */
  isSynced: z.boolean(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
})
export type Passkey = z.infer<typeof Passkey>

export const RememberedDevice = z.object({
  id: z.uuid(),
  userAgent: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
  isThisDevice: z.boolean(),
})
export type RememberedDevice = z.infer<typeof RememberedDevice>

/** Everything with which the person can prove who they are. */
export const Factors = z.object({
  hasPassword: z.boolean(),
  totp: z.object({ confirmedAt: Instant }).nullable(),
  passkeys: z.array(Passkey).max(20),
  recoveryCodes: z.object({ left: z.number().int(), createdAt: Instant }).nullable(),
  rememberedDevices: z.array(RememberedDevice).max(50),
  /** Who vouched for the person when this session began: they can be asked there once more. */
  signedInBy: z
    .enum(['connection', ...SIGN_IN_PROVIDERS])
    .nullable()
    .optional(),
})
export type Factors = z.infer<typeof Factors>

/** Shown once: only digests are kept. */
const RecoveryCodes = z.array(z.string()).max(10)

/** `uri` is for a QR code (otpauth, Key URI format), `secret` the same in base32 to type. */
export const TotpEnrolment = z.object({ secret: z.string(), uri: z.string() })
export type TotpEnrolment = z.infer<typeof TotpEnrolment>

const SHOWS_SECRETS = 'exempt' as const

// Secrets are shown once and never stored, so no Idempotency-Key may keep the answer; challenges are single-use anyway.
export const factorEndpoints = defineEndpoints('auth', {
  getFactors: {
    method: 'GET',
    path: '/auth/factors',
    summary: 'Authenticator app, passkeys, recovery codes and remembered devices of the signed-in person',
    access: 'signed-in',
    idempotency: 'safe',
    response: Factors,
    status: 200,
  },
  startTotp: {
    method: 'POST',
    path: '/auth/factors/totp',
    summary: 'Make a secret for an authenticator app; it counts after its first code',
    access: 'signed-in',
    stepUp: true,
    idempotency: SHOWS_SECRETS,
    response: TotpEnrolment,
    status: 201,
    cost: 5,
  },
  confirmTotp: {
    method: 'POST',
    path: '/auth/factors/totp/confirm',
    summary: 'Confirm the authenticator app with a code; answers recovery codes with the first factor',
    access: 'signed-in',
    stepUp: true,
    idempotency: SHOWS_SECRETS,
    body: z.object({ code: TotpCode }),
    response: z.object({ recoveryCodes: RecoveryCodes.nullable() }),
    status: 200,
    cost: 5,
  },
  removeTotp: {
    method: 'DELETE',
    path: '/auth/factors/totp',
    summary: 'Remove the authenticator app',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'natural',
    status: 204,
  },
  renewRecoveryCodes: {
    method: 'POST',
    path: '/auth/factors/recovery-codes',
    summary: 'Make ten new recovery codes; the old ones stop working',
    access: 'signed-in',
    stepUp: true,
    idempotency: SHOWS_SECRETS,
    response: z.object({ recoveryCodes: RecoveryCodes }),
    status: 201,
    cost: 5,
  },
  startPasskey: {
    method: 'POST',
    path: '/auth/factors/passkeys/options',
    summary: 'What the browser needs to make a passkey; valid once, for 5 minutes',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'exempt',
    response: PasskeyCreation,
    status: 200,
    cost: 5,
  },
  addPasskey: {
    method: 'POST',
    path: '/auth/factors/passkeys',
    summary: 'Add the passkey that the browser made; answers recovery codes with the first factor',
    access: 'signed-in',
    stepUp: true,
    idempotency: SHOWS_SECRETS,
    body: z.object({ name: Line(100), credential: NewPasskeyCredential }),
    response: z.object({ passkey: Passkey, recoveryCodes: RecoveryCodes.nullable() }),
    status: 201,
    cost: 5,
  },
  renamePasskey: {
    method: 'PUT',
    path: '/auth/factors/passkeys/:passkeyId/name',
    summary: 'Name a passkey',
    access: 'signed-in',
    idempotency: 'natural',
    params: idParams('passkeyId'),
    body: z.object({ name: Line(100) }),
    response: Passkey,
    status: 200,
  },
  removePasskey: {
    method: 'DELETE',
    path: '/auth/factors/passkeys/:passkeyId',
    summary: 'Remove a passkey',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'natural',
    params: idParams('passkeyId'),
    status: 204,
  },
  forgetRememberedDevice: {
    method: 'DELETE',
    path: '/auth/remembered-devices/:deviceId',
    summary: 'Ask on that device for the second factor again',
    access: 'signed-in',
    idempotency: 'natural',
    params: idParams('deviceId'),
    status: 204,
  },
  forgetRememberedDevices: {
    method: 'DELETE',
    path: '/auth/remembered-devices',
    summary: 'Ask on every device for the second factor again',
    access: 'signed-in',
    idempotency: 'natural',
    status: 204,
  },
  startSecondFactorPasskey: {
    method: 'POST',
    path: '/auth/sign-in/second-factor/passkey-options',
    summary: 'What the browser needs to answer the challenge with a passkey',
    access: 'public',
    idempotency: 'exempt',
    body: z.object({ challenge: Challenge }),
    response: PasskeyRequest,
    status: 200,
    cost: 5,
  },
  signInWithSecondFactor: {
    method: 'POST',
    path: '/auth/sign-in/second-factor',
    summary: 'Answer the challenge of the sign-in with a second factor',
    access: 'public',
    idempotency: 'exempt',
    response: SignedIn,
    status: 200,
    cost: 10,
    body: z.object({ challenge: Challenge, proof: SecondFactorProof, rememberDevice: z.boolean().default(false) }),
  },
  startPasskeySignIn: {
    method: 'POST',
    path: '/auth/sign-in/passkey-options',
    summary: 'What the browser needs to sign in with a passkey alone',
    access: 'public',
    idempotency: 'exempt',
    response: PasskeyRequest,
    status: 200,
    cost: 5,
  },
  signInWithPasskey: {
    method: 'POST',
    path: '/auth/sign-in/passkey',
    summary: 'Sign in with a passkey, without e-mail and password',
    access: 'public',
    idempotency: 'exempt',
    body: z.object({ credential: PasskeyAssertion }),
    response: SignedIn,
    status: 200,
    cost: 10,
  },
  startStepUpPasskey: {
    method: 'POST',
    path: '/auth/step-up/passkey-options',
    summary: 'What the browser needs to step up with a passkey',
    access: 'signed-in',
    idempotency: 'exempt',
    response: PasskeyRequest,
    status: 200,
    cost: 5,
  },
  stepUp: {
    method: 'POST',
    path: '/auth/step-up',
    summary: 'Prove again who one is: a fresh access token of the same session, for sensitive actions',
    access: 'signed-in',
    idempotency: 'exempt',
    body: z.object({ proof: StepUpProof }),
    response: SignedIn,
    status: 200,
    cost: 10,
  },
})
