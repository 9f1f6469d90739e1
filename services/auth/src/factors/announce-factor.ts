import type { EventData, factorAdded, factorRemoved, PendingEvent } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import type { Tables } from '../tables.ts'

type FactorEvent = PendingEvent<EventData<typeof factorAdded> | EventData<typeof factorRemoved>>

/** Event and entry in the security log, with the change. */
export async function announceFactor(scope: WriteScope<Tables>, event: FactorEvent): Promise<void> {
  await scope.emit(event)
  const { factor, name } = event.data
  recordSecurityEvent(scope, { kind: event.type === 'factor.added' ? 'factor.added' : 'factor.removed', details: { factor, name } })
}
