import type { Contact } from '@ai-crm/contracts'
import { writtenOnce } from '@ai-crm/platform'
import { sql, type Selectable } from 'kysely'
import { customOf } from '../fields/custom-column.ts'
import { toInstant } from '../instant.ts'
import type { Tables } from '../tables.ts'
import { addressesIn } from './addresses.ts'
import type { Person } from './settle-person.ts'

/**
 * What is read of a contact wherever one is answered. Instants as text: a page of them goes out as it comes, without
 * becoming Dates on the way. '-infinity' is "no activity yet".
 */
export const CONTACT_COLUMNS = writtenOnce([
  'contact.id',
  'contact.name',
  'contact.email',
  'contact.emails',
  'contact.phone',
  'contact.phones',
  'contact.telegrams',
  'contact.company',
  'contact.companyId',
  'contact.position',
  'contact.note',
  'contact.tagIds',
  'contact.source',
  'contact.ownerId',
  'contact.preferredChannel',
  'contact.timeZone',
  'contact.language',
  'contact.consent',
  'contact.consentOn',
  'contact.consentSource',
  'contact.consentNote',
  'contact.version',
  customOf('contact').as('custom'),
  sql<string>`cast(contact.created_at as text)`.as('createdAt'),
  sql<string>`cast(contact.updated_at as text)`.as('updatedAt'),
  sql<string | null>`cast(nullif(contact.last_activity_at, '-infinity') as text)`.as('lastActivityAt'),
])

type Columns = Selectable<Tables['contact']>
type Plain =
  | keyof Person
  | 'id'
  | 'name'
  | 'email'
  | 'emails'
  | 'phone'
  | 'phones'
  | 'telegrams'
  | 'company'
  | 'companyId'
  | 'position'
  | 'note'
  | 'tagIds'
  | 'source'
  | 'ownerId'
  | 'custom'
  | 'version'
export type ContactRow = Pick<Columns, Plain> & {
  createdAt: string
  updatedAt: string
  lastActivityAt: string | null
}

export const personOf = ({ preferredChannel, timeZone, language, consent, consentOn, consentSource, consentNote }: Person): Person => ({
  preferredChannel,
  timeZone,
  language,
  consent,
  consentOn,
  consentSource,
  consentNote,
})

/** Every field by its name: spread into it, those of others would make a hash table of an object of this size, which is slow to fill and to read. */
export function toContact(row: ContactRow): Contact {
  const { emails, phones } = addressesIn(row)
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    emails,
    phone: row.phone,
    phones,
    telegrams: row.telegrams,
    company: row.company,
    companyId: row.companyId,
    position: row.position,
    note: row.note,
    tagIds: row.tagIds,
    source: row.source,
    ownerId: row.ownerId,
    preferredChannel: row.preferredChannel,
    timeZone: row.timeZone,
    language: row.language,
    consent: row.consent,
    consentOn: row.consentOn,
    consentSource: row.consentSource,
    consentNote: row.consentNote,
    custom: row.custom,
    lastActivityAt: row.lastActivityAt === null ? null : toInstant(row.lastActivityAt),
    createdAt: toInstant(row.createdAt),
    updatedAt: toInstant(row.updatedAt),
    version: row.version,
  }
}
