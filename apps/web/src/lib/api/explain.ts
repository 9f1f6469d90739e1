import type { TFunction } from 'i18next'
import { ProblemError } from '@ai-crm/contracts'
import { obstaclesIn, obstacleText } from '../pipelines/obstacles.ts'

const explainedStatuses = [400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 502, 503, 504] as const

/** Codes that deserve better words than their status has; the words are in problems.codes under the same name. */
export const explainedCodes = [
  'auth_sign_in_refused',
  'auth_sign_in_too_many_attempts',
  'auth_sign_in_no_organization',
  'auth_sign_up_refused',
  'auth_member_outranked',
  'auth_member_last_owner',
  'auth_invitation_over',
  'auth_invitation_other_address',
  'auth_invitation_removed_before',
  'auth_invitation_address_needed',
  'auth_invitation_too_many_mails',
  'auth_invitation_already_member',
  'auth_factor_refused',
  'auth_factor_only_vouched',
  'auth_factor_too_many_attempts',
  'auth_second_factor_challenge_over',
  'auth_step_up_needed',
  'auth_factor_reset_own',
  'auth_factor_reset_no_factor',
  'auth_factor_reset_elsewhere',
  'auth_totp_code_refused',
  'auth_passkey_refused',
  'auth_passkey_known',
  'auth_link_over',
  'auth_password_common',
  'auth_password_wrong',
  'auth_organization_name_mismatch',
  'auth_export_running',
  'auth_export_not_ready',
  'platform_file_infected',
  'platform_file_unscannable',
  'platform_file_not_scanned',
  'platform_record_locked',
  'platform_not_a_member',
  'auth_role_scope_too_wide',
  'auth_role_needs_every_record',
  'auth_team_name_taken',
  'auth_sso_required',
  'auth_sso_stays_here',
  'auth_sso_not_set_up',
  'auth_sso_flow_over',
  'auth_sso_provider_refused',
  'auth_sso_answer_refused',
  'auth_sso_not_fresh',
  'auth_sso_provider_unreachable',
  'auth_sso_email_unverified',
  'auth_sso_domain_not_proven',
  'auth_sso_not_invited',
  'auth_sso_identity_conflict',
  'auth_sso_no_account',
  'auth_sso_connection_taken',
  'auth_sso_not_tested',
  'auth_sso_still_enforced',
  'auth_sso_nothing_to_enforce',
  'auth_sso_ticket_over',
  'auth_sso_identity_taken',
  'auth_sso_last_way_in',
  'auth_domain_taken',
  'auth_domain_record_missing',
  'crm_contact_email_taken',
  'crm_contact_telegram_taken',
  'crm_list_too_slow',
  'crm_operation_too_many',
  'crm_operation_nothing_selected',
  'crm_operation_nothing_asked',
  'crm_operation_denied',
  'crm_operation_not_over',
  'crm_operation_already_undone',
  'crm_operation_not_undoable',
  'crm_tag_name_taken',
  'crm_tag_unknown',
  'crm_tag_too_many',
  'crm_deal_amount_incomplete',
  'crm_deal_move_refused',
  'crm_deal_stands_elsewhere',
  'crm_deal_currency_unknown',
  'crm_deal_reason_without_loss',
  'crm_deal_contact_twice',
  'crm_deal_contact_unknown',
  'crm_field_label_taken',
  'crm_field_too_many',
  'crm_field_in_formula',
  'crm_formula_unreadable',
  'crm_formula_unknown_name',
  'crm_formula_unfit',
  'crm_formula_cycle',
  'crm_field_values_unfit',
  'crm_field_values_missing',
  'crm_field_hidden_values_missing',
  'crm_about_several_records',
  'crm_about_no_record',
  'crm_about_record_unknown',
  'crm_task_repeat_without_due',
  'crm_file_not_yours',
  'crm_chunk_unfit',
  'crm_note_not_yours',
  'crm_note_mention_unknown',
  'crm_company_domain_taken',
  'crm_company_domain_invalid',
  'crm_company_domain_public',
  'crm_company_unknown',
  'crm_merge_other_changed',
  'crm_merge_unknown',
  'crm_merge_too_much',
  'crm_merge_separated',
  'crm_merge_survivor_gone',
  'crm_merge_under_way',
  'crm_company_parent_cycle',
  'crm_company_tree_too_deep',
  'ai_draft_unfilled_gap',
  'ai_draft_nothing_to_answer',
  'ai_draft_budget_exhausted',
  'ai_draft_switched_off',
  'auth_sign_up_closed',
  'auth_organization_founding_closed',
  'auth_flag_operators_only',
  'pipeline_pipeline_unsound',
  'pipeline_pipeline_name_taken',
  'pipeline_pipeline_too_many',
  'pipeline_pipeline_last',
  'pipeline_flow_window_unsound',
  'pipeline_currency_rates_unsound',
  'pipeline_forecast_field_hidden',
  'pipeline_hand_over_nothing_to_repeat',
  'messaging_message_cannot_cancel',
  'messaging_message_newer_inbound',
  'messaging_message_nothing_to_decide',
  'webhook_subscription_url_refused',
  'webhook_subscription_url_taken',
  'webhook_subscription_too_many',
  'webhook_subscription_switched_off',
  'webhook_delivery_on_its_way',
  'webhook_delivery_too_many_attempts',
] as const

/** What went wrong and what to do next, in the reader's language; the server's own words where we have none. */
export function explain(error: Error, t: TFunction): string {
  if (!(error instanceof ProblemError)) return t('problems.unreachable')
  const { code, status, detail } = error.problem
  if (status === 0) return t('problems.unreachable')
  const obstacles = obstaclesIn(error) ?? []
  if (obstacles.length > 0) return obstacles.map((obstacle) => obstacleText(t, obstacle)).join(' ')
  const known = explainedCodes.find((candidate) => candidate === code.replaceAll('.', '_'))
  if (known) return t(`problems.codes.${known}`, { after: error.retryAt ?? new Date() })
  const explained = explainedStatuses.find((candidate) => candidate === status)
  return explained ? t(`problems.status.s${explained}`) : detail || t('problems.unknown')
}

/** What is wrong with one field, in the reader's language where the code has words of its own. */
export function explainField(error: Error | null, field: string, t: TFunction): string | undefined {
  const message = fieldProblem(error, field)
  if (message === undefined || !(error instanceof ProblemError)) return undefined
  return explainedCodes.some((known) => known === error.code.replaceAll('.', '_')) ? explain(error, t) : message
}

/** The server's message for one field of a form (`/email` points at `email`). */
export function fieldProblem(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined
  return error.problem.errors?.find((entry) => entry.field === `/${field}` || entry.field === field)?.message
}

export const hasCode = (error: unknown, code: string): boolean => error instanceof ProblemError && error.code === code
export const isStatus = (error: unknown, ...statuses: number[]): boolean => error instanceof ProblemError && statuses.includes(error.problem.status)
