import { customFieldIdOf, rulesWithin, type ListRecord, type SearchedKind } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { companyFields } from '../companies/company-fields.ts'
import { mayRead as mayReadCompany } from '../companies/company-reach.ts'
import { contactFields } from '../contacts/contact-fields.ts'
import { mayRead as mayReadContact } from '../contacts/contact-reach.ts'
import { dealFields } from '../deals/deal-fields.ts'
import { mayRead as mayReadDeal } from '../deals/deal-reach.ts'
import type { SqlField } from './sql-field.ts'

/** A kind of record as lists know it; its table is called as it is. */
interface RecordSource {
  readonly fields: Readonly<Record<string, SqlField>>
  readonly mayRead: (asker: Asker) => RawBuilder<boolean>
  /** Which rows each relation of `LIST_RELATIONS` leads to. */
  readonly relations: Readonly<Record<string, Relation>>
}

interface Relation {
  readonly from: RawBuilder<unknown>
  readonly on: RawBuilder<boolean>
}

const directly = (to: ListRecord, on: RawBuilder<boolean>): Relation => ({ from: sql.table(to), on })
const worksFor = sql<boolean>`company.id = contact.company_id`
const isOf = sql<boolean>`company.id = deal.company_id`
/** A join: as a condition inside the condition, every pair of the organisation would be read before the first row is found. */
const dealsOf: Relation = {
  from: sql`deal_contact join deal on deal.organization_id = deal_contact.organization_id and deal.id = deal_contact.deal_id`,
  on: sql<boolean>`deal_contact.contact_id = contact.id`,
}
const peopleOf: Relation = {
  from: sql`deal_contact join contact on contact.organization_id = deal_contact.organization_id and contact.id = deal_contact.contact_id`,
  on: sql<boolean>`deal_contact.deal_id = deal.id`,
}

export const RECORDS: Readonly<Record<ListRecord, RecordSource>> = {
  contact: { fields: contactFields, mayRead: mayReadContact, relations: { company: directly('company', worksFor), deals: dealsOf } },
  company: { fields: companyFields, mayRead: mayReadCompany, relations: { contacts: directly('contact', worksFor), deals: directly('deal', isOf) } },
  deal: { fields: dealFields, mayRead: mayReadDeal, relations: { company: directly('company', isOf), contacts: peopleOf } },
}

/** Whether the role hides the field: then nothing may be found out by it, neither by filters nor by order, groups or sums. */
export const isHidden = ({ rights }: Asker, record: ListRecord, key: string): boolean => rulesWithin(record, rights?.fields[record])[key] === 'hidden'

/** Whether any custom field is hidden: then what was found is looked at once more, without its words. */
export const hidesCustom = ({ rights }: Asker, record: ListRecord): boolean =>
  Object.entries(rights?.fields[record] ?? {}).some(([key, rule]) => rule === 'hidden' && customFieldIdOf(key) !== null)

export const mayReadSome = ({ rights }: Asker, record: SearchedKind): boolean => !rights || rights.permissions.has(`crm.${record}.read`)

/** Living records within reach. */
export const inSight = (asker: Asker, record: ListRecord): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${record}.deletedAt`)} is null and ${RECORDS[record].mayRead(asker)}`
