import type { Envelope } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'

interface OfNote {
  readonly noteId: string
  readonly contactId: string | null
  readonly companyId: string | null
  readonly dealId: string | null
}

/** Mails those whom a colleague mentions; whoever mentions themselves need not be told. */
export async function tellMentioned(scope: Scope, { actor, data }: Envelope<OfNote>, mentioned: readonly string[]): Promise<void> {
  const others = mentioned.filter((userId) => userId !== actor.id)
  if (others.length === 0) return
  const people = await scope.db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .innerJoin('organization', 'organization.organizationId', 'membership.organizationId')
    .select(['userAccount.id', 'userAccount.name', 'userAccount.email', 'userAccount.locale', 'organization.name as organizationName'])
    .where('membership.userId', 'in', [...others, ...(actor.id === null ? [] : [actor.id])])
    .where('membership.disabledAt', 'is', null)
    .execute()
  const writtenBy = people.find(({ id }) => id === actor.id)?.name ?? ''
  const link = pageLink(scope.config, pathOf(data))
  for (const { id, name, email, locale, organizationName } of people)
    if (others.includes(id))
      await requestSystemMail(scope, scope, {
        to: email,
        template: 'note-mention',
        locale,
        parameters: { name, organizationName, writtenBy: writtenBy || organizationName, link },
      })
}

/** The page of the record that the note is about. */
function pathOf({ contactId, companyId, dealId }: OfNote): string {
  if (contactId) return `/contacts/${contactId}`
  return companyId ? `/companies/${companyId}` : `/deals/${dealId}`
}
