import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../../ctx.ts'
import { linkDigest, newLinkToken, secretLink } from '../../links/link-token.ts'
import { requestSystemMail } from '../../system-mails/request-system-mail.ts'
import type { Tables } from '../../tables.ts'
import { findSecondFactors, hasSecondFactor } from '../find-second-factors.ts'
import { nothingToReset } from './errors.ts'

/*
 * begun → done
 *   └──→ gone: kept by its person, withdrawn by an administrator, or void (reset-due.ts)
 */

interface Wish {
  readonly userId: string
  /** Null: whoever runs the installation. */
  readonly tenantId: string | null
  readonly requestedBy: string
  /** Who it was, for the mail: a name or an address. */
  readonly requester: string
}

/**
 * Begins the time in which the person can refuse, and tells them; one that the same organisation began goes on as it is. One that others began may be
 * void by now, or what nobody here sees: the new one stands in its place. Throws `nothingToReset` (409).
 */
export async function beginReset(
  ctx: Ctx,
  scope: WriteScope<Tables>,
  { userId, tenantId, requestedBy, requester }: Wish,
): Promise<{ dueAt: Date; isNew: boolean }> {
  const { db } = scope
  if (!hasSecondFactor(await findSecondFactors(db, userId))) throw nothingToReset()
  const token = newLinkToken()
  const begun = await db
    .insertInto('factorReset')
    .values({
      userId,
      tenantId,
      requestedBy,
      dueAt: sql<Date>`now() + ${ctx.config.FACTOR_RESET_HOURS}::float8 * interval '1 hour'`,
      keepDigest: linkDigest(token),
    })
    .onConflict((conflict) =>
      conflict
        .column('userId')
        .doUpdateSet(({ ref }) => ({
          tenantId: ref('excluded.tenantId'),
          requestedBy: ref('excluded.requestedBy'),
          requestedAt: ref('excluded.requestedAt'),
          dueAt: ref('excluded.dueAt'),
          keepDigest: ref('excluded.keepDigest'),
        }))
        .where(({ eb, ref }) => eb('factorReset.tenantId', 'is distinct from', ref('excluded.tenantId'))),
    )
    .returning('dueAt')
    .executeTakeFirst()
  if (!begun) return { dueAt: await dueAtOf(db, userId), isNew: false }
  const person = await db.selectFrom('userAccount').select(['email', 'name', 'locale']).where('id', '=', userId).executeTakeFirstOrThrow()
  await requestSystemMail(ctx, scope, {
    to: person.email,
    locale: person.locale,
    template: 'factor-reset-scheduled',
    parameters: { name: person.name, requestedBy: requester, resetsAt: begun.dueAt.toISOString(), link: secretLink(ctx.config, '/keep-factors', token) },
  })
  return { dueAt: begun.dueAt, isNew: true }
}

const dueAtOf = async (db: Db, userId: string): Promise<Date> =>
  (await db.selectFrom('factorReset').select('dueAt').where('userId', '=', userId).executeTakeFirstOrThrow()).dueAt
