import { customFieldIdOf, rulesWithin, type ListRecord } from '@ai-crm/contracts'
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
  /** Which rows each relation of `LIST_RELATIONS` leads to: a condition on both tables. */
  readonly relations: Readonly<Record<string, RawBuilder<boolean>>>
}

const takesPart = sql<boolean>`exists (select from deal_contact where deal_contact.deal_id = deal.id and deal_contact.contact_id = contact.id)`
const worksFor = sql<boolean>`company.id = contact.company_id`
const isOf = sql<boolean>`company.id = deal.company_id`

export const RECORDS: Readonly<Record<ListRecord, RecordSource>> = {
  contact: { fields: contactFields, mayRead: mayReadContact, relations: { company: worksFor, deals: takesPart } },
  company: { fields: companyFields, mayRead: mayReadCompany, relations: { contacts: worksFor, deals: isOf } },
  deal: { fields: dealFields, mayRead: mayReadDeal, relations: { company: isOf, contacts: takesPart } },
}

/** Whether the role hides the field: then nothing may be found out by it, neither by filters nor by order, groups or sums. */
export const isHidden = ({ rights }: Asker, record: ListRecord, key: string): boolean => rulesWithin(record, rights?.fields[record])[key] === 'hidden'

/** Whether any custom field is hidden: then words of custom fields are not searched, whichever they are of. */
export const hidesCustom = ({ rights }: Asker, record: ListRecord): boolean =>
  Object.entries(rights?.fields[record] ?? {}).some(([key, rule]) => rule === 'hidden' && customFieldIdOf(key) !== null)

export const mayReadSome = ({ rights }: Asker, record: ListRecord): boolean => !rights || rights.permissions.has(`crm.${record}.read`)

/** Living records within reach. */
export const inSight = (asker: Asker, record: ListRecord): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${record}.deletedAt`)} is null and ${RECORDS[record].mayRead(asker)}`
