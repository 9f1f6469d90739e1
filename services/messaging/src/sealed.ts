import { SYSTEM_MAIL_KEY, systemMailBinding } from '@ai-crm/contracts'
import type { SealedColumn } from '@ai-crm/platform'

/** What is sealed anew when the master secret is exchanged. */
export const sealed: readonly SealedColumn[] = [
  { table: 'system_mail', column: 'sealed_parameters', key: 'id', purpose: () => SYSTEM_MAIL_KEY, binding: systemMailBinding },
]
