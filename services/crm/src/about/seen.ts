import type { Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { maySee as maySeeCompany } from '../companies/company-reach.ts'
import { mayRead as mayReadContact } from '../contacts/contact-reach.ts'
import { mayRead as mayReadDeal } from '../deals/deal-reach.ts'

const no = sql<boolean>`false`

/** Whether a living record is in sight that is named beside other things, where no route asks for the permission. */
export const seen = {
  contactId: (asker: Asker, key: RawBuilder<string>) => sql<boolean>`exists (select from contact where contact.id = ${key} and contact.deleted_at is null
    and ${asker.rights && !asker.rights.permissions.has('crm.contact.read') ? no : mayReadContact(asker)})`,
  companyId: (asker: Asker, key: RawBuilder<string>) => sql<boolean>`exists (select from company where company.id = ${key} and company.deleted_at is null
    and ${maySeeCompany(asker)})`,
  dealId: (asker: Asker, key: RawBuilder<string>) => sql<boolean>`exists (select from deal where deal.id = ${key} and deal.deleted_at is null
    and ${asker.rights && !asker.rights.permissions.has('crm.deal.read') ? no : mayReadDeal(asker)})`,
} as const

/** That what the row of the table is about is in sight; false for a row about nothing. */
export const seesAbout = (asker: Asker, table: 'task' | 'note' | 'file'): RawBuilder<boolean> => {
  const ref = (column: string) => sql.ref<string>(`${table}.${column}`)
  return sql<boolean>`((${ref('contactId')} is not null and ${seen.contactId(asker, ref('contactId'))})
    or (${ref('companyId')} is not null and ${seen.companyId(asker, ref('companyId'))})
    or (${ref('dealId')} is not null and ${seen.dealId(asker, ref('dealId'))}))`
}
