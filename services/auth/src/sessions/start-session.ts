import type { Factor } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { knowDevice } from '../factors/challenges/known-device.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import type { Tables } from '../tables.ts'
import { refusalOf, type Voucher } from '../sso/policy/way-in.ts'
import { sharePolicy } from '../sso/policy/policy.ts'
import { warnPerson } from './warn-person.ts'
import { digestOf, newRefreshToken } from './refresh-token.ts'
import { endOfSession, endOfToken } from './session.ts'

export interface Client {
  /** The device cookie that the browser already has, or null. */
  readonly device: string | null
  readonly userAgent: string
  /** An earlier session of the same sign-in: its end is that of this one too, and the first token is given. */
  readonly continues?: { readonly refreshToken: string; readonly expiresAt: Date }
  /** How the person has proven who they are; by the password unless told. */
  readonly factors?: readonly Factor[]
  /** Who vouches for them beside that. */
  readonly voucher?: Voucher | null
  /** When they have last proven it; now unless told. */
  readonly authenticatedAt?: Date | undefined
}

export interface StartedSession {
  readonly sessionId: string
  readonly refreshToken: string
  readonly device: string
  readonly refreshExpiresAt: Date
}

/**
 * Begins a session of the person in the organisation of the context, inside the caller's transaction. Every session begins
 * here, so that none begins in a way that the organisation does not allow. Throws `ssoRequired`, `staysHere` (403).
 */
export async function startSession(ctx: Ctx, scope: WriteScope<Tables>, userId: string, client: Client): Promise<StartedSession> {
  const { db } = scope
  const address = scope.origin.client?.address ?? null
  const refreshToken = client.continues?.refreshToken ?? newRefreshToken()
  const device = client.device ?? newRefreshToken()
  const now = new Date()
  const factors = client.factors ?? (['password'] as const)
  const voucher = client.voucher ?? null
  await sharePolicy(ctx, db)
  const refusal = await refusalOf(db, ctx.organizationId, userId, { factors, voucher })
  if (refusal) throw refusal
  const expiresAt = client.continues?.expiresAt ?? endOfSession(ctx.config, now)
  const refreshExpiresAt = endOfToken(ctx.config, now, expiresAt)
  // Who goes on from another organisation has signed in on this device before, only not here.
  const isNew = !client.continues && (client.device === null || !(await isKnownDevice(scope, userId, client.device)))
  const isFirst = isNew && (await isFirstSession(scope, userId))
  const { id: sessionId } = await db
    .insertInto('session')
    .values({
      userId,
      deviceDigest: digestOf(device),
      userAgent: client.userAgent.slice(0, 300),
      expiresAt,
      address,
      lastAddress: address,
      factors: [...factors],
      ...columnsOf(voucher),
      ...(client.authenticatedAt ? { authenticatedAt: client.authenticatedAt } : {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('refreshToken')
    .values({ digest: digestOf(refreshToken), tenantId: ctx.organizationId, sessionId, userId, expiresAt: refreshExpiresAt })
    .execute()
  await knowDevice(db, userId, digestOf(device))
  // Whoever comes by a link was nobody when the request began.
  const by = { type: 'user', id: userId } as const
  recordSecurityEvent(scope, { kind: 'session.signed-in', by, details: { sessionId, ...(voucher ? { by: voucher.by } : {}) } })
  if (isNew && !isFirst) {
    recordSecurityEvent(scope, { kind: 'session.new-device', by, details: { sessionId } })
    await warnPerson(ctx, scope, userId, 'new-device-sign-in')
  }
  return { sessionId, refreshToken, device, refreshExpiresAt }
}

function columnsOf(voucher: Voucher | null) {
  if (!voucher) return {}
  const { by: identityProvider, amr, acr: providerAcr } = voucher
  return { identityProvider, connectionId: voucher.by === 'connection' ? voucher.connectionId : null, providerAmr: [...amr], providerAcr }
}

/** A device is a cookie that we gave to a browser of this person before. */
async function isKnownDevice({ db }: WriteScope<Tables>, userId: string, device: string): Promise<boolean> {
  const known = db.selectFrom('session').select('id').where('userId', '=', userId).where('deviceDigest', '=', digestOf(device)).limit(1)
  return (await known.executeTakeFirst()) !== undefined
}

async function isFirstSession({ db }: WriteScope<Tables>, userId: string): Promise<boolean> {
  return (await db.selectFrom('session').select('id').where('userId', '=', userId).limit(1).executeTakeFirst()) === undefined
}
