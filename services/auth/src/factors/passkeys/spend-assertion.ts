import type { PasskeyAssertion } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { FactorStore } from '../factor-store.ts'
import { takeCeremony } from './ceremony.ts'
import { relyingPartyOf } from './relying-party.ts'

/** What the answer is for: one purpose, one person (null: whoever the passkey belongs to), at one address of ours. */
export interface Ceremony {
  readonly purpose: 'sign-in' | 'second-factor' | 'step-up'
  readonly userId: string | null
  readonly origin: string
}

/** Whose passkey has signed, or null. The challenge is used up either way; the counter of an authenticator only ever grows. */
export async function spendAssertion(store: FactorStore, ceremony: Ceremony, assertion: PasskeyAssertion): Promise<{ userId: string } | null> {
  const challenge = await takeCeremony(store, ceremony.purpose, ceremony.userId, assertion.response.clientDataJSON)
  if (challenge === null) return null
  const passkey = await findPasskey(store, ceremony, assertion.id)
  if (!passkey) return null
  const newCount = await signCountOf(ceremony, challenge, passkey, assertion)
  if (newCount === null) return null
  const spent = await store.write(({ db }) =>
    db
      .updateTable('passkey')
      .set({ signCount: newCount, lastUsedAt: sql<Date>`now()` })
      .where('id', '=', passkey.id)
      .where(sql<boolean>`(sign_count < ${newCount} or (sign_count = 0 and ${newCount} = 0))`)
      .returning('userId')
      .executeTakeFirst(),
  )
  return spent ?? null
}

type StoredPasskey = NonNullable<Awaited<ReturnType<typeof findPasskey>>>

async function findPasskey(store: FactorStore, { userId, origin }: Ceremony, credentialId: string) {
  return store.db
    .selectFrom('passkey')
    .select(['id', 'userId', 'credentialId', 'publicKey', 'signCount'])
    .where('credentialId', '=', Buffer.from(credentialId, 'base64url'))
    .where('relyingParty', '=', relyingPartyOf(origin))
    .$if(userId !== null, (query) => query.where('userId', '=', userId ?? ''))
    .executeTakeFirst()
}

/** The counter that the authenticator has signed, or null when signature, origin, challenge or counter are wrong. */
async function signCountOf({ purpose, origin }: Ceremony, challenge: string, passkey: StoredPasskey, assertion: PasskeyAssertion): Promise<number | null> {
  const { userHandle, ...response } = assertion.response
  // 280 modules: not before somebody needs them.
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...assertion, clientExtensionResults: {}, response: { ...response, ...(userHandle === undefined ? {} : { userHandle }) } },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: relyingPartyOf(origin),
      requireUserVerification: purpose !== 'second-factor',
      credential: { id: passkey.credentialId.toString('base64url'), publicKey: Uint8Array.from(passkey.publicKey), counter: passkey.signCount },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    // The library throws for everything that does not fit: which part, is nobody's business.
    return null
  }
}
