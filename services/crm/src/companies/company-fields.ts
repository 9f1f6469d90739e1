import { walkedBy, type SqlField } from '../lists/sql-field.ts'

/** What lists of companies can be asked. */
export const companyFields: Readonly<Record<string, SqlField>> = {
  name: { ...walkedBy('company.sortName', 'always'), form: 'folded' },
  domains: { column: 'company.domains', nothing: '{}' },
  website: { column: 'company.website' },
  phone: { column: 'company.phone' },
  address: { column: 'company.address' },
  industry: { ...walkedBy('company.sortIndustry', 'nullable'), form: 'folded' },
  size: { column: 'company.size', sort: { column: 'company.sortSize', isNullable: true } },
  note: { column: 'company.note' },
  parentId: { column: 'company.parentId' },
  ownerId: { column: 'company.ownerId' },
  tagIds: { column: 'company.tagIds', nothing: '{}', isTags: true },
  createdAt: walkedBy('company.createdAt', 'always'),
  updatedAt: walkedBy('company.updatedAt', 'always'),
}
