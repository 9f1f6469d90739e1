import type { Ctx, Scope } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'

/** Every owner hears that somebody takes everything along: by a mail whose link carries no authority. */
export async function tellOwners(
  ctx: Pick<Ctx, 'config' | 'organizationId' | 'deriveKey'>,
  scope: Pick<Scope, 'db' | 'emit'>,
  { requestedBy, ...what }: { requestedBy: string } & ({ requestedAt: Date } | { expiresAt: Date }),
): Promise<void> {
  const organization = await scope.db.selectFrom('organization').select('name').executeTakeFirstOrThrow()
  const asker = await scope.db.selectFrom('userAccount').select('name').where('id', '=', requestedBy).executeTakeFirst()
  const owners = await scope.db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select(['userAccount.name', 'userAccount.email', 'userAccount.locale'])
    .where('membership.role', '=', 'owner')
    .where('membership.disabledAt', 'is', null)
    .execute()
  const link = pageLink(ctx.config, '/settings/organization')
  for (const { name, email, locale } of owners) {
    const facts = { name, organizationName: organization.name, requestedBy: asker?.name ?? organization.name, link }
    if ('requestedAt' in what) {
      const parameters = { ...facts, at: what.requestedAt.toISOString() }
      await requestSystemMail(ctx, scope, { to: email, template: 'organization-export-requested', locale, parameters })
    } else {
      const parameters = { ...facts, deletesAt: what.expiresAt.toISOString() }
      await requestSystemMail(ctx, scope, { to: email, template: 'organization-export-ready', locale, parameters })
    }
  }
}
