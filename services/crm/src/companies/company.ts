import type { Company } from '@ai-crm/contracts'
import { writtenOnce } from '@ai-crm/platform'
import { sql, type Selectable } from 'kysely'
import { customOf } from '../fields/custom-column.ts'
import { toInstant } from '../instant.ts'
import type { Tables } from '../tables.ts'

/** What is read of a company wherever one is answered. Instants as text, as in CONTACT_COLUMNS. */
export const COMPANY_COLUMNS = writtenOnce([
  'company.id',
  'company.name',
  'company.domains',
  'company.website',
  'company.phone',
  'company.address',
  'company.industry',
  'company.size',
  'company.note',
  'company.tagIds',
  'company.parentId',
  'company.ownerId',
  'company.version',
  customOf('company').as('custom'),
  sql<string>`cast(company.created_at as text)`.as('createdAt'),
  sql<string>`cast(company.updated_at as text)`.as('updatedAt'),
])

type Columns = Selectable<Tables['company']>
export type CompanyRow = Omit<Columns, 'organizationId' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'mergedInto' | 'sortName' | 'sortIndustry' | 'sortSize'> & {
  createdAt: string
  updatedAt: string
}

export const toCompany = (row: CompanyRow): Company => ({
  id: row.id,
  name: row.name,
  domains: row.domains,
  website: row.website,
  phone: row.phone,
  address: row.address,
  industry: row.industry,
  size: row.size,
  note: row.note,
  tagIds: row.tagIds,
  parentId: row.parentId,
  ownerId: row.ownerId,
  custom: row.custom,
  createdAt: toInstant(row.createdAt),
  updatedAt: toInstant(row.updatedAt),
  version: row.version,
})
