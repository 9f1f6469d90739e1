import type { Contact, PERSON_FIELDS } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { ContactChanges } from '../contacts/contact-changes.ts'
import { CONTACT_COLUMNS, toContact } from '../contacts/contact.ts'
import type { Db } from '../ctx.ts'
import { inSlices } from '../in-slices.ts'

/** Everything that an import writes of a contact. */
export type StoredContact = Pick<
  Contact,
  | ('id' | 'name' | 'email' | 'emails' | 'phone' | 'phones' | 'telegrams' | 'company' | 'companyId' | 'position' | 'note' | 'tagIds' | 'ownerId' | 'custom')
  | (typeof PERSON_FIELDS)[number]
>

const columns = sql`id uuid, name text, email text, emails jsonb, phone text, phones jsonb, telegrams jsonb, company text, "companyId" uuid,
  position text, note text, "preferredChannel" text, "timeZone" text, language text, consent text, "consentOn" date, "consentSource" text,
  "consentNote" text, "tagIds" uuid[], "ownerId" uuid, custom jsonb`

/**
 * Plans of a batch are kept for the next ones and may be made while the table is empty: none may read all of it. And whoever judges a batch has
 * looked for those whom it is about (0595_contacts_of_imports.sql). Holds until the end of the transaction.
 */
export const prepareBatch = (db: Db) =>
  sql`select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
             set_config('crm.known_are_found', 'on', true)`.execute(db)

/** Who has come with one of their addresses since they were looked for fails the transaction: then whoever stores looks again. */
export async function insertContacts(db: Db, contacts: readonly StoredContact[]): Promise<void> {
  // One behind the other, in one round trip.
  await Promise.all(
    [...inSlices(contacts)].map((slice) =>
      sql`
      insert into contact (id, name, email, emails, phone, phones, telegrams, company, company_id, position, note, preferred_channel, time_zone, language,
        consent, consent_on, consent_source, consent_note, tag_ids, owner_id, custom, source)
      select id, name, email, emails, phone, phones, telegrams, company, "companyId", position, note, "preferredChannel", "timeZone", language,
             consent, "consentOn", "consentSource", "consentNote", "tagIds", "ownerId", custom, 'import'
        from jsonb_to_recordset(${slice}::jsonb) as given (${columns})`.execute(db),
    ),
  )
}

/** The living among them, which nobody else changes until the end of the transaction. */
export async function lockContacts(db: Db, ids: readonly string[]): Promise<Map<string, Contact>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('contact')
    .select(CONTACT_COLUMNS)
    .where('id', 'in', [...new Set(ids)])
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, toContact(row)]))
}

/** Writes what the changes say of contacts that are locked; values of custom fields that they do not name stay. */
export async function updateContacts(db: Db, updates: readonly { readonly current: Contact; readonly changes: ContactChanges }[]): Promise<void> {
  for (const slice of inSlices(updates.map(({ current, changes }) => updated(current, changes))))
    await sql`
      update contact set name = given.name, email = given.email, emails = given.emails, phone = given.phone, phones = given.phones, telegrams = given.telegrams,
             company = given.company, company_id = given."companyId", position = given.position, note = given.note,
             preferred_channel = given."preferredChannel", time_zone = given."timeZone", language = given.language, consent = given.consent,
             consent_on = given."consentOn", consent_source = given."consentSource", consent_note = given."consentNote", tag_ids = given."tagIds",
             owner_id = given."ownerId", custom = (contact.custom || given.custom) - given.emptied, version = contact.version + 1,
             updated_at = date_trunc('milliseconds', now())
        from jsonb_to_recordset(${slice}::jsonb) as given (${columns}, emptied text[])
       where contact.id = given.id`.execute(db)
}

/** The row as it will be; of custom values only those that change. */
function updated(current: Contact, { custom, ...changes }: ContactChanges) {
  const { lastActivityAt: _activity, createdAt: _created, updatedAt: _updated, version: _version, source: _source, ...contact } = current
  const to = Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change?.to]))
  const values = Object.entries(custom ?? {})
  return {
    ...contact,
    ...to,
    custom: Object.fromEntries(values.flatMap(([field, change]) => (change.to === null ? [] : [[field, change.to]]))),
    emptied: values.flatMap(([field, change]) => (change.to === null ? [field] : [])),
  }
}
