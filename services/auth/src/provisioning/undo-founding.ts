import { v7 as uuidv7 } from 'uuid'
import type { Scope } from '../ctx.ts'
import { eraseOrganization } from '../departure/erase-organization.ts'
import { pageLink } from '../links/link-token.ts'
import { endSessionsOf } from '../sessions/end-sessions-of.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import { forgetAccountJob } from './forget-account.ts'
import type { Founding } from './founding.ts'

/** Takes back what founding has made here: nobody belongs to the organisation any more, it is gone, and its founder hears why. */
export async function undoFounding(scope: Scope, { name: organizationName, founderId, isNewAccount }: Founding): Promise<void> {
  const { db } = scope
  const founder = await db.selectFrom('userAccount').select(['name', 'email', 'locale']).where('id', '=', founderId).executeTakeFirst()
  const members = await db.selectFrom('membership').select('userId').execute()
  for (const { userId } of members) await endSessionsOf(scope, scope, userId, 'organization-deleted')
  await db.deleteFrom('membership').execute()
  await db.deleteFrom('organization').execute()
  await db.deleteFrom('organizationSlug').where('takenBy', '=', scope.organizationId).execute()
  // Whatever was written in the meantime, here and in the other services, goes as well.
  await eraseOrganization.start(scope, scope, uuidv7(), {})
  if (isNewAccount) await scope.enqueue(forgetAccountJob, { userId: founderId })
  if (!founder) return
  const { email: to, locale, name } = founder
  const link = pageLink(scope.config, isNewAccount ? '/sign-up' : '/')
  await requestSystemMail(scope, scope, { to, template: 'organization-setup-failed', locale, parameters: { name, organizationName, link } })
}
