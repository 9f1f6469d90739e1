import { MAX_PERSON_IDS, type PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** A contact with its conversations, and the addresses of those from which nobody else is known: what was said from there before is theirs too. */
export async function conversationsOfContact(ctx: Ctx, contactId: string): Promise<PersonSubject> {
  const { rows } = await sql<{ id: string; address: string | null }>`
    select theirs.id,
           case when theirs.party_address <> '' and not exists (
             select from conversation as other where lower(other.party_address) = lower(theirs.party_address) and other.contact_id <> ${contactId}::uuid
           ) then lower(theirs.party_address) end as address
      from conversation as theirs where theirs.contact_id = ${contactId}::uuid limit ${MAX_PERSON_IDS}`.execute(ctx.db)
  const addresses = [...new Set(rows.flatMap(({ address }) => address ?? []))].slice(0, 1_000)
  return { contactIds: [contactId], conversationIds: rows.map(({ id }) => id), thingIds: [], addresses, names: [] }
}
