import { factorRemoved } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import { endOtherSessions } from '../../account/end-other-sessions.ts'
import type { Ctx, Db, PublicCtx } from '../../ctx.ts'
import { pageLink } from '../../links/link-token.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { requestSystemMail } from '../../system-mails/request-system-mail.ts'
import type { Tables } from '../../tables.ts'
import { isNowhereBut } from './request-reset.ts'

const AT_ONCE = 50

/** Does what is due, one person and one transaction each: whoever refuses in this moment, or has refused, keeps everything. One that fails stops nobody else. */
export async function resetDue(publicCtx: PublicCtx): Promise<void> {
  const due = await publicCtx.db
    .selectFrom('factorReset')
    .select('userId')
    .where('dueAt', '<=', sql<Date>`now()`)
    .orderBy('dueAt')
    .limit(AT_ONCE)
    .execute()
  for (const { userId } of due) {
    publicCtx.signal.throwIfAborted()
    await resetFactors(publicCtx, userId).catch((error: unknown) => publicCtx.log.error({ err: error, userId }, 'second factors were not taken away'))
  }
}

async function resetFactors(publicCtx: PublicCtx, userId: string): Promise<void> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId}) limit 1`.execute(publicCtx.db)
  const organizationId = rows[0]?.organizationId
  // Of somebody who belongs nowhere any more there is nobody to tell and nothing to guard.
  if (!organizationId) return void (await publicCtx.write(({ db }) => db.deleteFrom('factorReset').where('userId', '=', userId).execute()))
  const ctx = publicCtx.enter(organizationId, { type: 'system', id: null })
  const finish = await ctx.write(async (scope) => {
    const reset = await scope.db
      .deleteFrom('factorReset')
      .where('userId', '=', userId)
      .where('dueAt', '<=', sql<Date>`now()`)
      .returning(['tenantId', 'requestedAt', 'requestedBy'])
      .executeTakeFirst()
    if (!reset) return null
    const reason = await whyVoid(scope.db, { userId, organizationId, ...reset })
    const about = { type: 'user', id: userId }
    // An organisation that did not ask for it learns only of what was done.
    const { requestedBy: requestedById } = reset
    if (reason === null)
      recordSecurityEvent(scope, { kind: 'factor.reset', about, details: { requestedById, ...(reset.tenantId ? {} : { byOperator: true }) } })
    else if (reset.tenantId === organizationId) recordSecurityEvent(scope, { kind: 'factor.reset-withdrawn', about, details: { reason } })
    return reason ? null : takeAway(ctx, scope, userId)
  })
  await finish?.()
}

/** What was used since then is not lost; and an organisation decides for nobody who has joined another one meanwhile, or has left. */
interface Due {
  readonly userId: string
  /** Where they belong by now. */
  readonly organizationId: string
  readonly tenantId: string | null
  readonly requestedAt: Date
}

async function whyVoid(db: Db, { userId, organizationId, tenantId, requestedAt }: Due): Promise<string | null> {
  // The steps of apps are half minutes: a use right before counts as well.
  const { rows } = await sql<{ isUsed: boolean }>`select
    exists (select from auth.totp_credential where user_id = ${userId} and last_used_step >= floor(extract(epoch from ${requestedAt}::timestamptz) / 30))
    or exists (select from auth.passkey where user_id = ${userId} and greatest(last_used_at, created_at) > ${requestedAt})
    or exists (select from auth.recovery_code where user_id = ${userId} and used_at > ${requestedAt}) as "isUsed"`.execute(db)
  if (rows[0]?.isUsed) return 'used'
  const isByOperator = tenantId === null
  return isByOperator || (organizationId === tenantId && (await isNowhereBut(db, userId, tenantId))) ? null : 'elsewhere'
}

async function takeAway(ctx: Ctx, scope: WriteScope<Tables>, userId: string): Promise<() => Promise<void>> {
  const { db } = scope
  const apps = await db.deleteFrom('totpCredential').where('userId', '=', userId).returning(['id', 'confirmedAt']).execute()
  const passkeys = await db.deleteFrom('passkey').where('userId', '=', userId).returning(['id', 'name']).execute()
  for (const table of ['recoveryCode', 'rememberedDevice', 'secondFactorChallenge'] as const) await db.deleteFrom(table).where('userId', '=', userId).execute()
  for (const { id, confirmedAt } of apps) if (confirmedAt) await scope.emit(factorRemoved({ userId, factor: 'totp', factorId: id, name: null }))
  for (const { id, name } of passkeys) await scope.emit(factorRemoved({ userId, factor: 'passkey', factorId: id, name }))
  const person = await db.selectFrom('userAccount').select(['email', 'name', 'locale']).where('id', '=', userId).executeTakeFirstOrThrow()
  const parameters = { name: person.name, at: new Date().toISOString(), link: pageLink(ctx.config, '/settings/security') }
  await requestSystemMail(ctx, scope, { to: person.email, locale: person.locale, template: 'factors-reset', parameters })
  return endOtherSessions(ctx, scope, userId, null)
}
