import type { TFunction } from 'i18next'
import { reasonWord } from '../imports/words.ts'

const KNOWN = [
  'platform_not_found',
  'platform_record_locked',
  'platform_not_a_member',
  'crm_operation_changed_since',
  'crm_operation_still_used',
  'crm_operation_reference_gone',
  'crm_operation_field_locked',
  'crm_operation_denied',
  'crm_operation_failed',
  'crm_deal_move_refused',
  'crm_tag_too_many_of_record',
  'crm_tag_name_taken',
  'crm_tag_unknown',
  'crm_contact_email_taken',
  'crm_contact_telegram_taken',
  'crm_company_domain_taken',
  'crm_company_unknown',
  'crm_company_parent_cycle',
  'crm_company_tree_too_deep',
  'crm_deal_reason_without_loss',
  'crm_field_values_missing',
  'crm_field_values_unfit',
  'crm_field_hidden_values_missing',
] as const

/** Why a record was left as it is, or a row of a file, in the reader's language; a newer server's reason by its code. */
export function reasonText(t: TFunction, code: string): string {
  const known = KNOWN.find((one) => one === code.replaceAll('.', '_'))
  if (known) return t(`bulk.reasons.${known}`)
  return code.startsWith('crm.import.') ? reasonWord(t, code) : code
}
