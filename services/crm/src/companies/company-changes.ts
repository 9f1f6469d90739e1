import type { Company, companyUpdated, EventData, UpdateCompany } from '@ai-crm/contracts'
import { changeOfTags } from '../tags/known-tags.ts'

export type CompanyChanges = EventData<typeof companyUpdated>['changes']

type Editable = Pick<Company, keyof UpdateCompany>

/** From → to of the fields that the update really changes. */
export function changesBetween(current: Editable, update: UpdateCompany): CompanyChanges {
  const changes: CompanyChanges = {}
  if (update.name !== undefined && update.name !== current.name) changes.name = { from: current.name, to: update.name }
  if (update.domains !== undefined && update.domains.join() !== current.domains.join()) changes.domains = { from: current.domains, to: update.domains }
  const tagIds = changeOfTags(current.tagIds, update.tagIds)
  if (tagIds) changes.tagIds = tagIds
  for (const field of ['website', 'phone', 'address', 'industry', 'size', 'note', 'parentId', 'ownerId'] as const) {
    const to = update[field]
    if (to !== undefined && to !== current[field]) changes[field] = { from: current[field], to }
  }
  return changes
}

/** The columns to write for the changes. */
export function newValues(changes: CompanyChanges): UpdateCompany {
  return Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change?.to]))
}
