import type { Deal } from '@ai-crm/contracts'
import { writtenOnce, type Asker } from '@ai-crm/platform'
import { sql, type Selectable } from 'kysely'
import { maySee as maySeeCompany } from '../companies/company-reach.ts'
import { customOf } from '../fields/custom-column.ts'
import { toInstant } from '../instant.ts'
import type { Tables } from '../tables.ts'

const OWN_COLUMNS = writtenOnce([
  'deal.id',
  'deal.title',
  'deal.amountMinor',
  'deal.currency',
  'deal.pipelineId',
  'deal.stage',
  'deal.stageKind',
  'deal.lostReason',
  'deal.expectedCloseOn',
  'deal.companyId',
  'deal.contacts',
  'deal.tagIds',
  'deal.ownerId',
  'deal.version',
  customOf('deal').as('custom'),
  sql<string>`cast(deal.stage_entered_at as text)`.as('stageEnteredAt'),
  sql<string>`cast(deal.created_at as text)`.as('createdAt'),
  sql<string>`cast(deal.updated_at as text)`.as('updatedAt'),
])

/** What is read of a deal wherever one is answered. The name of its company is for whoever may see that. Instants as text, as in CONTACT_COLUMNS. */
export const dealColumns = (asker: Asker) =>
  [
    ...OWN_COLUMNS,
    sql<string | null>`(select company.name from company
      where company.id = deal.company_id and company.deleted_at is null and ${maySeeCompany(asker)})`.as('companyName'),
  ] as const

type Columns = Selectable<Tables['deal']>
type Unread = 'organizationId' | 'stageEnteredAt' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'sortTitle' | 'sortClose' | 'rank' | 'sortRank'
export type DealRow = Omit<Columns, Unread> & {
  stageEnteredAt: string
  createdAt: string
  updatedAt: string
  companyName: string | null
}

export const toDeal = (row: DealRow): Deal => ({
  id: row.id,
  title: row.title,
  amountMinor: row.amountMinor,
  currency: row.currency,
  pipelineId: row.pipelineId,
  stage: row.stage,
  stageKind: row.stageKind,
  stageEnteredAt: toInstant(row.stageEnteredAt),
  lostReason: row.lostReason,
  expectedCloseOn: row.expectedCloseOn,
  companyId: row.companyId,
  companyName: row.companyName,
  contacts: row.contacts.map(({ contactId, role }) => ({ contactId, role })),
  tagIds: row.tagIds,
  ownerId: row.ownerId,
  custom: row.custom,
  createdAt: toInstant(row.createdAt),
  updatedAt: toInstant(row.updatedAt),
  version: row.version,
})
