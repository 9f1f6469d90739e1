import { randomBytes } from 'node:crypto'
import type { PasskeyRequest } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../tables.ts'
import type { FactorStore } from '../factor-store.ts'
import { CEREMONY_SECONDS, relyingPartyOf } from './relying-party.ts'

type Purpose = Tables['passkeyCeremony']['purpose']

/** 256 random bits to sign, for one purpose and, where somebody is known, for this person. */
export async function beginCeremony(store: FactorStore, purpose: Purpose, userId: string | null): Promise<string> {
  const challenge = randomBytes(32)
  await store.write(({ db }) =>
    db
      .insertInto('passkeyCeremony')
      .values({ challenge, purpose, userId, expiresAt: sql<Date>`now() + make_interval(secs => ${CEREMONY_SECONDS})` })
      .execute(),
  )
  return challenge.toString('base64url')
}

const ClientData = z.object({ challenge: z.string().max(100) })

/**
 * Takes the ceremony that the authenticator's answer names, once: the challenge, or null when there is none of this purpose
 * and person (any more).
 */
export async function takeCeremony(store: FactorStore, purpose: Purpose, userId: string | null, clientDataJSON: string): Promise<string | null> {
  const challenge = challengeIn(clientDataJSON)
  if (challenge === null) return null
  const taken = await store.write(({ db }) =>
    db
      .deleteFrom('passkeyCeremony')
      .where('challenge', '=', Buffer.from(challenge, 'base64url'))
      .where('purpose', '=', purpose)
      .where(sql<boolean>`user_id is not distinct from ${userId}`)
      .where('expiresAt', '>', sql<Date>`now()`)
      .returning('purpose')
      .executeTakeFirst(),
  )
  return taken ? challenge : null
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    return ClientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))).challenge
  } catch {
    return null
  }
}

/** What the browser needs to sign with a passkey: any of this person's, or, where nobody is known yet, any that it has. */
export async function requestPasskey(
  store: FactorStore,
  purpose: Exclude<Purpose, 'register'>,
  userId: string | null,
  origin: string,
): Promise<PasskeyRequest> {
  const rpId = relyingPartyOf(origin)
  const known = userId === null ? [] : await passkeysFor(store, userId, rpId)
  return {
    challenge: await beginCeremony(store, purpose, userId),
    timeout: CEREMONY_SECONDS * 1000,
    rpId,
    allowCredentials: known,
    // After the password the passkey is the second factor; alone it has to be both.
    userVerification: purpose === 'second-factor' ? 'preferred' : 'required',
  }
}

export async function passkeysFor(store: FactorStore, userId: string, relyingParty: string) {
  const rows = await store.db
    .selectFrom('passkey')
    .select(['credentialId', 'transports'])
    .where('userId', '=', userId)
    .where('relyingParty', '=', relyingParty)
    .orderBy('id')
    .execute()
  return rows.map(({ credentialId, transports }) => ({ id: credentialId.toString('base64url'), type: 'public-key' as const, transports }))
}
