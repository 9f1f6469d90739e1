import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db, PublicCtx } from '../../ctx.ts'
import { digestOf, newRefreshToken as newOpaqueToken } from '../../sessions/refresh-token.ts'

/** Of its own, not the device cookie: that one names a device, this one stands in for a second factor. */
const COOKIE = 'remembered'
const REMEMBER_SECONDS = 30 * 86_400

/** Digest of the cookie, or null. */
export const rememberedDigest = ({ cookies }: HttpExchange): Buffer | null => (cookies[COOKIE] ? digestOf(cookies[COOKIE]) : null)

/** A remembered device counts until its time is over, and never after the password was changed. */
export const livingDevices = (db: Db, userId: string) =>
  db
    .selectFrom('rememberedDevice')
    .where('rememberedDevice.userId', '=', userId)
    .where('rememberedDevice.expiresAt', '>', sql<Date>`now()`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('passwordCredential')
            .select('passwordCredential.userId')
            .whereRef('passwordCredential.userId', '=', 'rememberedDevice.userId')
            .whereRef('passwordCredential.changedAt', '>', 'rememberedDevice.createdAt'),
        ),
      ),
    )

/** Whether this person asked not to be asked on this device. */
export async function isRemembered(ctx: PublicCtx, userId: string, http: HttpExchange): Promise<boolean> {
  const digest = rememberedDigest(http)
  if (!digest) return false
  const found = await livingDevices(ctx.db, userId).select('rememberedDevice.id').where('rememberedDevice.tokenDigest', '=', digest).executeTakeFirst()
  if (!found) return false
  await ctx.write(({ db }) =>
    db
      .updateTable('rememberedDevice')
      .set({ lastUsedAt: sql<Date>`now()` })
      .where('id', '=', found.id)
      .execute(),
  )
  return true
}

/** Random, never the value that the browser brings: nobody can plant one. The cookie is for the caller to set after the commit. */
export async function rememberThisDevice(db: Db, userId: string, userAgent: string): Promise<string> {
  const token = newOpaqueToken()
  await db
    .insertInto('rememberedDevice')
    .values({
      userId,
      tokenDigest: digestOf(token),
      userAgent: userAgent.slice(0, 300),
      expiresAt: sql<Date>`now() + make_interval(secs => ${REMEMBER_SECONDS})`,
    })
    .execute()
  return token
}

export const setRememberedCookie = (http: HttpExchange, token: string): void => http.setCookie(COOKIE, token, REMEMBER_SECONDS)

/** The second factor is asked for again: on one device, or on all. */
export async function forgetDevices(ctx: Ctx, userId: string, deviceId: string | null): Promise<boolean> {
  const forgotten = await ctx.write(({ db }) => {
    const devices = db.deleteFrom('rememberedDevice').where('userId', '=', userId)
    return (deviceId === null ? devices : devices.where('id', '=', deviceId)).returning('id').execute()
  })
  return forgotten.length > 0
}
