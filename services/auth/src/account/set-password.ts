import type { SecurityEventKind } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { forgetLinks } from '../links/account-link.ts'
import { pageLink } from '../links/link-token.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import type { Tables } from '../tables.ts'
import { endOtherSessions } from './end-other-sessions.ts'

export interface NewPassword {
  readonly userId: string
  readonly passwordHash: string
  /** The session that goes on, or null. */
  readonly keptSessionId: string | null
  readonly device: string | null
  readonly kind: Extract<SecurityEventKind, 'account.password-changed' | 'account.password-reset'>
}

/** Password, end of sessions, end of open links, log and notice: all or nothing. Await what it answers after the commit. */
export async function setPassword(ctx: Ctx, scope: WriteScope<Tables>, change: NewPassword): Promise<() => Promise<void>> {
  const { userId, passwordHash } = change
  await scope.db
    .updateTable('passwordCredential')
    .set({ passwordHash, changedAt: sql<Date>`now()` })
    .where('userId', '=', userId)
    .execute()
  // Who has given the old password, and is asked for more, has to begin again.
  await scope.db.deleteFrom('secondFactorChallenge').where('userId', '=', userId).execute()
  await forgetLinks(scope.db, userId, 'reset-password')
  await forgetLinks(scope.db, userId, 'confirm-email')
  const { email, name, locale } = await scope.db
    .selectFrom('userAccount')
    .select(['email', 'name', 'locale'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const parameters = { name, at: new Date().toISOString(), device: change.device, link: pageLink(ctx.config, '/forgot-password') }
  await requestSystemMail(ctx, scope, { to: email, template: 'password-changed', locale, parameters })
  recordSecurityEvent(scope, { kind: change.kind, about: { type: 'user', id: userId } })
  return endOtherSessions(ctx, scope, userId, change.keptSessionId)
}
