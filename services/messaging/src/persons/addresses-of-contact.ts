import type { PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** A contact with the addresses by which this service knows it. */
export async function addressesOfContact(ctx: Ctx, contactId: string): Promise<PersonSubject> {
  const { rows } = await sql<{ address: string }>`
    select lower(address) as address from contact_address where contact_id = ${contactId}::uuid
    union select lower(address) from contact_other_address where contact_id = ${contactId}::uuid limit 1000`.execute(ctx.db)
  return { contactIds: [contactId], conversationIds: [], thingIds: [], addresses: rows.map(({ address }) => address), names: [] }
}
