import type { LinkedIdentity } from '@ai-crm/contracts'
import { notFound, type HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../../ctx.ts'
import { actingPerson } from '../../factors/acting-person.ts'
import { requireOwnProof } from '../../factors/require-own-proof.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { digestOf } from '../../sessions/refresh-token.ts'
import { endSessionsWhere } from '../../sessions/end-sessions-of.ts'
import { readSessionCookies } from '../../sessions/session-cookies.ts'
import { identityTaken, lastWayIn, ticketOver } from '../errors.ts'
import { PROVIDER_NAMES, tellOfIdentity } from './tell-person.ts'

const MOST = 10

/** Spends the ticket, of this person and this browser. Throws what `requireOwnProof` throws (403), `ticketOver` (410), `identityTaken` (409). */
export async function linkIdentity(ctx: Ctx, ticket: string, http: HttpExchange): Promise<LinkedIdentity> {
  const person = actingPerson(http)
  const { userId } = person
  const { device } = readSessionCookies(http)
  if (device === null) throw ticketOver()
  await requireOwnProof(ctx, person)
  return ctx.write(async (scope) => {
    const { db } = scope
    const spent = await db
      .deleteFrom('linkTicket')
      .where('digest', '=', digestOf(ticket))
      .where('deviceDigest', '=', digestOf(device))
      .where('userId', '=', userId)
      .where('expiresAt', '>', sql<Date>`now()`)
      .returning(['provider', 'issuer', 'subject', 'email'])
      .executeTakeFirst()
    if (!spent) throw ticketOver()
    const linked = await db
      .insertInto('linkedIdentity')
      .values({ ...spent, userId })
      .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
      .returning(['id', 'provider', 'email', 'createdAt'])
      .executeTakeFirst()
    if (!linked) throw identityTaken()
    recordSecurityEvent(scope, { kind: 'sso.linked', about: { type: 'user', id: userId }, details: { provider: linked.provider } })
    await tellOfIdentity(ctx, scope, { userId, template: 'identity-linked', provider: PROVIDER_NAMES[linked.provider], account: linked.email })
    return toIdentity(linked)
  })
}

export async function listIdentities({ db }: Ctx, userId: string): Promise<{ items: LinkedIdentity[] }> {
  const rows = await db
    .selectFrom('linkedIdentity')
    .select(['id', 'provider', 'email', 'createdAt'])
    .where('userId', '=', userId)
    .orderBy('id')
    .limit(MOST)
    .execute()
  return { items: rows.map(toIdentity) }
}

/** What began by it ends, here at once and elsewhere when its token is exchanged. Throws `notFound` (404), `lastWayIn` (409). */
export async function unlinkIdentity(ctx: Ctx, userId: string, id: string): Promise<void> {
  await ctx.write(async (scope) => {
    const { db } = scope
    const rows = await db.selectFrom('linkedIdentity').select(['id', 'provider', 'email']).where('userId', '=', userId).forUpdate().execute()
    const row = rows.find((each) => each.id === id)
    if (!row) throw notFound('identity')
    if (rows.length === 1 && !(await hasOwnWay(db, userId))) throw lastWayIn()
    await db.deleteFrom('linkedIdentity').where('id', '=', id).execute()
    await endSessionsWhere(ctx, scope, { isVouchedForNoMore: userId }, 'credentials-changed')
    recordSecurityEvent(scope, { kind: 'sso.unlinked', about: { type: 'user', id: userId }, details: { provider: row.provider } })
    await tellOfIdentity(ctx, scope, { userId, template: 'identity-unlinked', provider: PROVIDER_NAMES[row.provider], account: row.email })
  })
}

async function hasOwnWay(db: Db, userId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select exists (select from auth.password_credential where user_id = ${userId})
    or exists (select from auth.passkey where user_id = ${userId}) as has`.execute(db)
  return rows[0]?.has ?? false
}

interface Row {
  readonly id: string
  readonly provider: LinkedIdentity['provider']
  readonly email: string
  readonly createdAt: Date
}
const toIdentity = ({ createdAt, ...row }: Row): LinkedIdentity => ({ ...row, linkedAt: createdAt.toISOString() })
