import type { EventData, factorAdded, factorRemoved, PendingEvent } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { describeDevice } from '../sessions/warn-person.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import type { Tables } from '../tables.ts'

type FactorEvent = PendingEvent<EventData<typeof factorAdded> | EventData<typeof factorRemoved>>

/** Event, entry in the security log and a mail to the person, with the change: whoever did not do it learns of it. */
export async function announceFactor(ctx: Ctx, scope: WriteScope<Tables>, event: FactorEvent): Promise<void> {
  await scope.emit(event)
  const { userId, factor, name } = event.data
  const kind = event.type === 'factor.added' ? ('factor.added' as const) : ('factor.removed' as const)
  recordSecurityEvent(scope, { kind, details: { factor, name } })
  const person = await scope.db.selectFrom('userAccount').select(['email', 'name', 'locale']).where('id', '=', userId).executeTakeFirstOrThrow()
  await requestSystemMail(ctx, scope, {
    to: person.email,
    locale: person.locale,
    template: kind === 'factor.added' ? 'factor-added' : 'factor-removed',
    parameters: {
      name: person.name,
      at: new Date().toISOString(),
      factor,
      device: describeDevice(scope.origin.client?.userAgent ?? ''),
      link: pageLink(ctx.config, '/settings/security'),
    },
  })
}
