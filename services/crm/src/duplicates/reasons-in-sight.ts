import { DUPLICATE_REASONS, type MergeRecord, rulesWithin } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'

/** The reasons that tell nothing of fields which the asker's role hides. */
export function reasonsInSight({ rights }: Asker, record: MergeRecord): string[] {
  const rules = rulesWithin(record, rights?.fields[record])
  return Object.entries(DUPLICATE_REASONS[record]).flatMap(([reason, field]) => (field !== null && rules[field] === 'hidden' ? [] : [reason]))
}
