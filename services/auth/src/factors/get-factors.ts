import type { Factors } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { ActingPerson } from './follow-factor-change.ts'
import { toPasskey } from './passkeys/passkey.ts'
import { MAX_PASSKEYS } from './passkeys/relying-party.ts'
import { livingDevices, rememberedDigest } from './remembered-devices/remembered-device.ts'

const MAX_DEVICES = 50

export async function getFactors(ctx: Ctx, { userId, sessionId }: ActingPerson, http: HttpExchange): Promise<Factors> {
  const { db } = ctx
  const [password, totp, passkeys, codes, rememberedDevices, session] = await Promise.all([
    db.selectFrom('passwordCredential').select('userId').where('userId', '=', userId).executeTakeFirst(),
    db.selectFrom('totpCredential').select('confirmedAt').where('userId', '=', userId).where('confirmedAt', 'is not', null).executeTakeFirst(),
    db.selectFrom('passkey').selectAll().where('userId', '=', userId).orderBy('id').limit(MAX_PASSKEYS).execute(),
    countCodes(ctx, userId),
    listDevices(ctx, userId, rememberedDigest(http)),
    db.selectFrom('session').select('identityProvider').where('id', '=', sessionId).executeTakeFirst(),
  ])
  return {
    hasPassword: password !== undefined,
    totp: totp?.confirmedAt ? { confirmedAt: totp.confirmedAt.toISOString() } : null,
    passkeys: passkeys.map(toPasskey),
    recoveryCodes: codes.createdAt === null ? null : { left: codes.left, createdAt: codes.createdAt.toISOString() },
    rememberedDevices,
    signedInBy: session?.identityProvider ?? null,
  }
}

const countCodes = (ctx: Ctx, userId: string) =>
  ctx.db
    .selectFrom('recoveryCode')
    .select([sql<number>`count(*) filter (where used_at is null)`.as('left'), sql<Date | null>`max(created_at)`.as('createdAt')])
    .where('userId', '=', userId)
    .executeTakeFirstOrThrow()

async function listDevices(ctx: Ctx, userId: string, thisDevice: Buffer | null): Promise<Factors['rememberedDevices']> {
  const rows = await livingDevices(ctx.db, userId).selectAll('rememberedDevice').orderBy('rememberedDevice.lastUsedAt', 'desc').limit(MAX_DEVICES).execute()
  return rows.map(({ id, userAgent, createdAt, lastUsedAt, expiresAt, tokenDigest }) => ({
    id,
    userAgent,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    isThisDevice: thisDevice !== null && thisDevice.equals(tokenDigest),
  }))
}
