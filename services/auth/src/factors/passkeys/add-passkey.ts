import { factorAdded, type NewPasskeyCredential, type Passkey, type PasskeyCreation } from '@ai-crm/contracts'
import type { Ctx } from '../../ctx.ts'
import { findPerson } from '../acting-person.ts'
import { announceFactor } from '../announce-factor.ts'
import { passkeyKnown, passkeyRefused, tooManyPasskeys } from '../errors.ts'
import { followFactorChange, type ActingPerson } from '../follow-factor-change.ts'
import { requireOwnProof } from '../require-own-proof.ts'
import { makeFirstRecoveryCodes } from '../recovery-codes/make-recovery-codes.ts'
import { beginCeremony, passkeysFor, takeCeremony } from './ceremony.ts'
import { toPasskey } from './passkey.ts'
import { CEREMONY_SECONDS, MAX_PASSKEYS, RELYING_PARTY_NAME, relyingPartyOf } from './relying-party.ts'

/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257]

/** What the browser needs to make a passkey that signs in without a name and a password. Throws what `requireOwnProof` throws (403). */
export async function startPasskey(ctx: Ctx, person: ActingPerson, origin: string): Promise<PasskeyCreation> {
  const { userId } = person
  await requireOwnProof(ctx, person)
  const rpId = relyingPartyOf(origin)
  const { email, name } = await findPerson(ctx.db, userId)
  return {
    rp: { id: rpId, name: RELYING_PARTY_NAME },
    user: { id: Buffer.from(userId).toString('base64url'), name: email, displayName: name },
    challenge: await beginCeremony(ctx, 'register', userId),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: CEREMONY_SECONDS * 1000,
    excludeCredentials: await passkeysFor(ctx, userId, rpId),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  }
}

interface NewPasskey {
  readonly name: string
  readonly credential: NewPasskeyCredential
  readonly origin: string
}

/** Throws what `requireOwnProof` throws (403), `passkeyRefused` (422), `passkeyKnown` (409) and `tooManyPasskeys` (409). */
export async function addPasskey(ctx: Ctx, person: ActingPerson, made: NewPasskey): Promise<{ passkey: Passkey; recoveryCodes: string[] | null }> {
  const { userId } = person
  await requireOwnProof(ctx, person)
  const verified = await verify(ctx, userId, made)
  return ctx.write(async (scope) => {
    const { count } = await scope.db
      .selectFrom('passkey')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('userId', '=', userId)
      .executeTakeFirstOrThrow()
    if (count >= MAX_PASSKEYS) throw tooManyPasskeys(MAX_PASSKEYS)
    const row = await scope.db
      .insertInto('passkey')
      .values({ userId, name: made.name, ...verified })
      .onConflict((conflict) => conflict.column('credentialId').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw passkeyKnown()
    await followFactorChange(scope, person, 'passkey')
    await announceFactor(ctx, scope, factorAdded({ userId, factor: 'passkey', factorId: row.id, name: row.name }))
    return { passkey: toPasskey(row), recoveryCodes: await makeFirstRecoveryCodes(scope, userId) }
  })
}

async function verify(ctx: Ctx, userId: string, { credential, origin }: NewPasskey) {
  const challenge = await takeCeremony(ctx, 'register', userId, credential.response.clientDataJSON)
  if (challenge === null) throw passkeyRefused()
  const { clientDataJSON, attestationObject, transports = [] } = credential.response
  const relyingParty = relyingPartyOf(origin)
  // 280 modules: not before somebody needs them.
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const { registrationInfo } = await verifyRegistrationResponse({
    response: { ...credential, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: relyingParty,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => {
    throw passkeyRefused()
  })
  if (!registrationInfo) throw passkeyRefused()
  return {
    credentialId: Buffer.from(registrationInfo.credential.id, 'base64url'),
    relyingParty,
    publicKey: Buffer.from(registrationInfo.credential.publicKey),
    signCount: registrationInfo.credential.counter,
    transports,
    isSynced: registrationInfo.credentialBackedUp,
  }
}
