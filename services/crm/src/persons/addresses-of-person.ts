import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/**
 * As they were written and as they are compared (contact_address), without those that another living contact has by now: of a number that an
 * office shares, neither form finds what is about a colleague.
 */
export async function addressesOfPerson(db: Db, contactIds: readonly string[]): Promise<string[]> {
  const ids = [...contactIds]
  const { rows } = await sql<{ value: string }>`
    select distinct form.value from contact cross join lateral (
        select lower(item ->> 'address') as written, lower(item ->> 'address') as compared from jsonb_array_elements(contact.emails) as item
        union select lower(contact.email), lower(contact.email)
        union select item ->> 'number', coalesce(item ->> 'e164', item ->> 'number') from jsonb_array_elements(contact.phones) as item
        union select item ->> 'international', item ->> 'e164' from jsonb_array_elements(contact.phones) as item
        union select lower(item ->> 'username'), lower(item ->> 'username') from jsonb_array_elements(contact.telegrams) as item
        union select item ->> 'id', item ->> 'id' from jsonb_array_elements(contact.telegrams) as item) as given
      cross join lateral (values (given.written), (given.compared)) as form (value)
     where contact.id = any(${ids}::uuid[]) and form.value is not null
       and not exists (select from contact_address as held where held.value = given.compared and held.contact_id <> all(${ids}::uuid[]))
     limit 1000`.execute(db)
  return rows.map(({ value }) => value)
}
