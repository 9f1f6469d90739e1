import { type Contact, contactUpdated, type UpdateContact } from '@ai-crm/contracts'
import { requireMember, versionConflict, writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { CountryCode } from 'libphonenumber-js/max'
import type { Ctx, Db } from '../ctx.ts'
import { customChanges, customColumn } from '../fields/change-custom.ts'
import { requireTags } from '../tags/known-tags.ts'
import { settleAddresses } from './addresses.ts'
import { normalEmail } from './normal-email.ts'
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact.ts'
import { mayRead, mayWrite } from './contact-reach.ts'
import { changesBetween, type ContactChanges, newValues } from './contact-changes.ts'
import { linkCompany } from './link-company.ts'
import { settlePerson } from './settle-person.ts'
import { addressOfAnother, takenAddress } from './taken-addresses.ts'

interface Update {
  readonly contactId: string
  readonly expectedVersion: number
  readonly input: UpdateContact
  /** Where phones are of that name none. */
  readonly country: CountryCode | null
}

/** Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. */
export async function updateContact(ctx: Ctx, update: Update): Promise<Contact> {
  const { contactId, input } = update
  return ctx.write(async ({ db, emit }) => {
    const current = toContact(writable(await lockContact(ctx, db, contactId), 'contact'))
    if (current.version !== update.expectedVersion) throw versionConflict('contact', current.version)

    const { email: _email, emails: _emails, phone: _phone, phones: _phones, telegrams: _telegrams, custom: given, ...others } = input
    const addresses = settleAddresses(input, current, update.country)
    const custom = await customChanges(ctx, db, 'contact', given, current.custom)
    const changes = {
      ...changesBetween(current, { ...(await linkCompany(ctx, db, settlePerson(others, current), current)), ...addresses }),
      ...(custom ? { custom } : {}),
    }
    if (Object.keys(changes).length === 0) return current
    await requireMember(ctx, db, changes.ownerId?.to, 'ownerId')
    if (changes.tagIds) await requireTags(db, changes.tagIds.to, changes.tagIds.from)
    const row = await applyChanges(db, update, changes)
    await emit(contactUpdated({ contactId, changes }))
    return toContact(row)
  })
}

const lockContact = (ctx: Ctx, db: Db, contactId: string): Promise<(ContactRow & { mayWrite: boolean }) | undefined> =>
  db
    .selectFrom('contact')
    .select([...CONTACT_COLUMNS, mayWrite(ctx).as('mayWrite')])
    .where('id', '=', contactId)
    .where('deletedAt', 'is', null)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()

async function applyChanges(db: Db, { contactId, input }: Update, changes: ContactChanges): Promise<ContactRow> {
  const addresses = addedIn(changes)
  const taken = await takenAddress(db, addresses, input, contactId)
  if (taken) throw taken
  const updated = db
    .updateTable('contact')
    .set({ ...newValues(changes), ...customColumn(changes.custom), version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', '=', contactId)
    .returning(CONTACT_COLUMNS)
    .executeTakeFirstOrThrow()
  return updated.catch((error: unknown) => {
    throw addressOfAnother(error, addresses, input)
  })
}

/** The addresses that were not there before. */
const addedIn = ({ emails, telegrams }: ContactChanges) => ({
  emails: emails?.to.filter(({ address }) => emails.from.every((from) => normalEmail(from.address) !== normalEmail(address))) ?? [],
  telegrams: telegrams?.to.filter(({ id }) => telegrams.from.every((from) => from.id !== id)) ?? [],
})
