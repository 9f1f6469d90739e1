import { reachesAll, type Asker } from '@ai-crm/platform'
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

/** Whether every contact, company and deal is in sight: then whatever is about any is. */
export const seesAllRecords = (asker: Asker): boolean =>
  (['contact', 'company', 'deal'] as const).every(
    (record) => (asker.rights?.permissions.has(`crm.${record}.read`) ?? true) && reachesAll(asker, record, 'read'),
  )

/** Name or title of what the row of the table is about; null where that is not in sight. */
export const aboutName = (asker: Asker, table: 'task' | 'note'): RawBuilder<string | null> => {
  const ref = (column: string) => sql.ref<string>(`${table}.${column}`)
  return sql<string | null>`case
    when ${ref('contactId')} is not null then (select contact.name from contact where contact.id = ${ref('contactId')} and ${seen.contactId(asker, ref('contactId'))})
    when ${ref('companyId')} is not null then (select company.name from company where company.id = ${ref('companyId')} and ${seen.companyId(asker, ref('companyId'))})
    when ${ref('dealId')} is not null then (select deal.title from deal where deal.id = ${ref('dealId')} and ${seen.dealId(asker, ref('dealId'))})
    end`
}
