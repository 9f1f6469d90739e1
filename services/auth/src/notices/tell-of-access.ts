import type { Actor, SystemMailParameters } from '@ai-crm/contracts'
import { countByAccount, identifierOf } from '../budgets/count-attempt.ts'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { activeMembers } from '../members/permissions-of.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'

interface Opened extends Pick<SystemMailParameters['access-opened'], 'kind' | 'what' | 'at'> {
  readonly by: Actor
  /** The page where it is. */
  readonly page: string
}

/** Of one kind, of an organisation, in an hour: a key may change a webhook many times a minute, and whoever got these knows where to look. */
const MOST_NOTICES = 20
const MOST_PEOPLE = 50

/**
 * A program gets at what the organisation has, from now on and without anybody signing in: every owner hears of it, and whoever did it, who may not
 * have been themselves, up to `MOST_NOTICES` times.
 */
export async function tellOfAccess(
  ctx: Pick<Ctx, 'config' | 'organizationId' | 'deriveKey'>,
  scope: Pick<Scope, 'db' | 'emit'>,
  { by, page, ...what }: Opened,
): Promise<void> {
  const organization = await scope.db.selectFrom('organization').select('name').executeTakeFirst()
  if (!organization) return
  const identifier = identifierOf(ctx, 'access-opened', ctx.organizationId)
  const { attempts } = await countByAccount(scope.db, identifier, Buffer.from(what.kind), '1 hour')
  if (attempts > MOST_NOTICES) return
  const makerId = by.type === 'user' ? by.id : null
  const people = await activeMembers(scope.db)
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select(['userAccount.id', 'userAccount.name', 'userAccount.email', 'userAccount.locale'])
    .where(({ or, eb }) => or([eb('membership.role', '=', 'owner'), eb('membership.userId', '=', makerId)]))
    .orderBy((eb) => eb('membership.userId', '=', makerId), 'desc')
    .orderBy('membership.joinedAt')
    .limit(MOST_PEOPLE)
    .execute()
  const doneBy = people.find(({ id }) => id === makerId)?.name ?? (await nameOfKey(scope.db, by)) ?? organization.name
  const common = { ...what, organizationName: organization.name, doneBy, link: pageLink(ctx.config, page) }
  for (const { name, email, locale } of people)
    await requestSystemMail(ctx, scope, { to: email, template: 'access-opened', locale, parameters: { ...common, name } })
}

/** Webhooks are made by keys as well. */
async function nameOfKey(db: Db, { type, id }: Actor): Promise<string | undefined> {
  if (type !== 'api-key' || id === null) return undefined
  return (await db.selectFrom('apiKey').select('name').where('id', '=', id).executeTakeFirst())?.name
}
