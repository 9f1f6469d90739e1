import type { Company, ImportSettings } from '@ai-crm/contracts'
import { changesIn, type Plan } from '../changes/plan.ts'
import { changesBetween } from '../companies/company-changes.ts'
import type { CompanyDraft } from '../import-reading/draft.ts'
import { customChangesBy } from './custom-changes-by.ts'

const MAX_DOMAINS = 20
const MAX_TAGS_OF_RECORD = 50
const TEXTS = ['website', 'phone', 'address', 'industry', 'note', 'ownerId'] as const

/** What a company has to become: from → to of what the row really changes. */
export function planOfCompany(draft: CompanyDraft, current: Company, tagIds: readonly string[], policy: ImportSettings['policy']): Plan {
  const isOver = policy === 'overwrite'
  const takes = (given: unknown, held: unknown): boolean => given !== null && (isOver || held === null)
  const texts = TEXTS.flatMap((field) => (takes(draft[field], current[field]) ? [[field, draft[field]] as const] : []))
  const takesDomains = draft.domains.length > 0 && (isOver || current.domains.length === 0)
  const changes = changesBetween(current, {
    ...Object.fromEntries(texts),
    // A company that has only a domain in the file keeps its name.
    ...(isOver && draft.name !== draft.domains[0] ? { name: draft.name } : {}),
    ...(takes(draft.size, current.size) ? { size: draft.size } : {}),
    ...(takesDomains ? { domains: [...new Set([...draft.domains, ...current.domains])].slice(0, MAX_DOMAINS) } : {}),
    tagIds: [...new Set([...current.tagIds, ...tagIds])].slice(0, MAX_TAGS_OF_RECORD),
  })
  return { changes: changesIn(changes), custom: customChangesBy(draft, current, isOver), life: null }
}
