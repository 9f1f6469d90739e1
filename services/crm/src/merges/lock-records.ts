import type { Company, Contact, MergeRecord } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql } from 'kysely'
import { COMPANY_COLUMNS, toCompany } from '../companies/company.ts'
import { CONTACT_COLUMNS, toContact } from '../contacts/contact.ts'
import type { Db } from '../ctx.ts'
import { MERGE_KINDS } from './merge-kind.ts'
import { valuesOfCompany, valuesOfContact, type Values } from './record-values.ts'

/** A contact or a company as merges look at it. */
export interface MergeableRecord<Item extends Contact | Company = Contact | Company> {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly item: Item
  readonly values: Values
  readonly isDeleted: boolean
  readonly mergedInto: string | null
  readonly mayRead: boolean
  readonly mayWrite: boolean
}

/** The records, deleted ones as well, each kept as it is until the end of the transaction: always in the order of their ids. */
export const lockRecords = async (asker: Asker, db: Db, record: MergeRecord, ids: readonly string[]): Promise<MergeableRecord[]> =>
  record === 'contact' ? lockContacts(asker, db, ids) : lockCompanies(asker, db, ids)

/** As lockRecords, for those who only look. */
export const readRecords = async (asker: Asker, db: Db, record: MergeRecord, ids: readonly string[]): Promise<MergeableRecord[]> =>
  record === 'contact' ? readContacts(asker, db, ids) : readCompanies(asker, db, ids)

export const readContacts = async (asker: Asker, db: Db, ids: readonly string[]) => (await contacts(asker, db, ids).execute()).map(ofContact)
export const readCompanies = async (asker: Asker, db: Db, ids: readonly string[]) => (await companies(asker, db, ids).execute()).map(ofCompany)

const lockContacts = async (asker: Asker, db: Db, ids: readonly string[]) => (await contacts(asker, db, ids).forUpdate().execute()).map(ofContact)
const lockCompanies = async (asker: Asker, db: Db, ids: readonly string[]) => (await companies(asker, db, ids).forUpdate().execute()).map(ofCompany)

const contacts = (asker: Asker, db: Db, ids: readonly string[]) =>
  db
    .selectFrom('contact')
    .select([...CONTACT_COLUMNS, 'contact.deletedAt', 'contact.mergedInto', formulasOf('contact')])
    .select([MERGE_KINDS.contact.mayRead(asker).as('mayRead'), MERGE_KINDS.contact.mayWrite(asker).as('mayWrite')])
    .where(sql<boolean>`contact.id = any(${ids}::uuid[])`)
    .orderBy('contact.id')

const companies = (asker: Asker, db: Db, ids: readonly string[]) =>
  db
    .selectFrom('company')
    .select([...COMPANY_COLUMNS, 'company.deletedAt', 'company.mergedInto', formulasOf('company')])
    .select([MERGE_KINDS.company.mayRead(asker).as('mayRead'), MERGE_KINDS.company.mayWrite(asker).as('mayWrite')])
    .where(sql<boolean>`company.id = any(${ids}::uuid[])`)
    .orderBy('company.id')

/** What is computed is neither chosen between nor carried over: it follows from what is. */
const formulasOf = (record: MergeRecord) =>
  sql<string[]>`array(select field.id::text from field where field.record = ${sql.lit(record)} and field.formula is not null)`.as('formulas')

const withoutFormulas = (custom: Contact['custom'], formulas: readonly string[]): Contact['custom'] =>
  Object.fromEntries(Object.entries(custom).filter(([id]) => !formulas.includes(id)))

type Beside = { formulas: string[]; deletedAt: Date | null; mergedInto: string | null; mayRead: boolean; mayWrite: boolean }

const beside = ({ deletedAt, mergedInto, mayRead, mayWrite }: Beside) => ({ isDeleted: deletedAt !== null, mergedInto, mayRead, mayWrite })

function ofContact(row: Parameters<typeof toContact>[0] & Beside): MergeableRecord<Contact> {
  const item = toContact(row)
  return {
    id: item.id,
    name: item.name,
    version: item.version,
    item,
    values: valuesOfContact({ ...item, custom: withoutFormulas(item.custom, row.formulas) }),
    ...beside(row),
  }
}

function ofCompany(row: Parameters<typeof toCompany>[0] & Beside): MergeableRecord<Company> {
  const item = toCompany(row)
  return {
    id: item.id,
    name: item.name,
    version: item.version,
    item,
    values: valuesOfCompany({ ...item, custom: withoutFormulas(item.custom, row.formulas) }),
    ...beside(row),
  }
}
