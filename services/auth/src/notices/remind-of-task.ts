import type { EventData, taskReminded } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'

/** Mails whoever wanted to be reminded, while they belong to the organisation. */
export async function remindOfTask(scope: Scope, { data }: { data: EventData<typeof taskReminded> }): Promise<void> {
  const { taskId, title, userId, dueAt } = data
  if (userId === null) return
  const person = await scope.db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .innerJoin('organization', 'organization.organizationId', 'membership.organizationId')
    .select(['userAccount.name', 'userAccount.email', 'userAccount.locale', 'organization.name as organizationName'])
    .where('membership.userId', '=', userId)
    .where('membership.disabledAt', 'is', null)
    .executeTakeFirst()
  if (!person) return
  const { name, email, locale, organizationName } = person
  const link = pageLink(scope.config, `/tasks?open=${taskId}`)
  await requestSystemMail(scope, scope, { to: email, template: 'task-reminder', locale, parameters: { name, organizationName, title, dueAt, link } })
}
