import { reachesAll, type Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { maySee as maySeeCompany } from '../companies/company-reach.ts'
import { mayRead as mayReadContact } from '../contacts/contact-reach.ts'
import { mayRead as mayReadDeal } from '../deals/deal-reach.ts'

const no = sql<boolean>`false`

/** A living record that is named in requests about other things, where no route asks for the permission. */
export const seen = {
  contactId: (asker: Asker, key: RawBuilder<string>) => sql<boolean>`exists (select from contact where contact.id = ${key} and contact.deleted_at is null
    and ${asker.rights && !asker.rights.permissions.has('crm.contact.read') ? no : mayReadContact(asker)})`,
  companyId: (asker: Asker, key: RawBuilder<string>) => sql<boolean>`exists (select from company where company.id = ${key} and company.deleted_at is null
    and ${maySeeCompany(asker)})`,
  dealId: (asker: Asker, key: RawBuilder<string>) => sql<boolean>`exists (select from deal where deal.id = ${key} and deal.deleted_at is null
    and ${asker.rights && !asker.rights.permissions.has('crm.deal.read') ? no : mayReadDeal(asker)})`,
} as const

const seesAll = (asker: Asker): boolean =>
  (['contact', 'company', 'deal'] as const).every(
    (record) => (asker.rights?.permissions.has(`crm.${record}.read`) ?? true) && reachesAll(asker, record, 'read'),
  )

/**
 * A condition on `task`: one's own are those that one is to do or has made; beside them, those about a record that one may see. Tasks
 * about nothing are for whoever may see every contact, company and deal: they may be about any.
 */
export function mayReach(asker: Asker): RawBuilder<boolean> {
  const { rights } = asker
  if (!rights || seesAll(asker)) return sql<boolean>`true`
  const own = sql<boolean>`(task.assignee_id = ${rights.userId}::uuid or task.created_by_id = ${rights.userId}::uuid)`
  return sql<boolean>`(${own}
    or (task.contact_id is not null and ${seen.contactId(asker, sql.ref('task.contact_id'))})
    or (task.company_id is not null and ${seen.companyId(asker, sql.ref('task.company_id'))})
    or (task.deal_id is not null and ${seen.dealId(asker, sql.ref('task.deal_id'))}))`
}
