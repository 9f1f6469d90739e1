import { factorAdded, type EventData, type factorRemoved } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import type { Tables } from '../tables.ts'

/** Event and entry in the security log, with the change. */
export async function announceFactor(
  scope: WriteScope<Tables>,
  happened: typeof factorAdded | typeof factorRemoved,
  data: EventData<typeof factorAdded>,
): Promise<void> {
  await scope.emit(happened(data))
  recordSecurityEvent(scope, { kind: happened === factorAdded ? 'factor.added' : 'factor.removed', details: { factor: data.factor, name: data.name } })
}
