import { conversationLinked } from '@ai-crm/contracts'
import { definePromptGathering } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Write } from '../ctx.ts'
import { addressesOf, lockOf } from './lock-address.ts'

/** More wait for the next message of theirs; nobody has that many. */
const LINKED_AT_ONCE = 1_000

interface Linked {
  readonly scope: Pick<Write, 'emit'>
  readonly contactId: string
  /** In lower case, the primary one first. */
  readonly addresses: readonly [string, ...string[]]
}

/** Of all that are linked, before any of them is. */
const LOCKS = definePromptGathering<Linked>({
  statementOf: (given) => lockOf(sql`select unnest(${given.flatMap(({ addresses }) => addresses)}::text[])`),
})

/** Whoever is linked and forgotten in one batch is forgotten. */
const line = 'contact'

/** Of a contact that is told of twice the last one counts; what each of them finds is linked. */
const LINKS = definePromptGathering<Linked, { id: string; nth: number }>({
  line,
  statementOf(given) {
    const last = [...new Map(given.map((each) => [each.contactId, each])).values()]
    const others = last.flatMap(({ contactId, addresses: [, ...rest] }) => rest.map((address) => ({ contactId, address })))
    const sought = given.flatMap(({ contactId, addresses }, nth) => addresses.map((address) => ({ nth, contactId, address })))
    return sql<{ id: string; nth: number }>`
      with given as materialized (
        select * from unnest(${last.map(({ contactId }) => contactId)}::uuid[], ${last.map(({ addresses: [primary] }) => primary)}::text[]) as given (contact_id, address)
      ), other as materialized (
        select * from unnest(${others.map(({ contactId }) => contactId)}::uuid[], ${others.map(({ address }) => address)}::text[]) as other (contact_id, address)
      ), sought as materialized (
        select * from unnest(${sought.map(({ nth }) => nth)}::integer[], ${sought.map(({ contactId }) => contactId)}::uuid[],
          ${sought.map(({ address }) => address)}::text[]) as sought (nth, contact_id, address)
      ), remembered as (
        insert into contact_address (contact_id, address) select contact_id, address from given
        on conflict (organization_id, contact_id) do update set address = excluded.address where contact_address.address <> excluded.address
      ), forgotten as (
        delete from contact_other_address as kept using given where kept.contact_id = given.contact_id
           and not exists (select from other where other.contact_id = kept.contact_id and other.address = kept.address)
      ), others as (
        insert into contact_other_address (contact_id, address) select contact_id, address from other on conflict do nothing
      ), found as materialized (
        select unlinked.id, sought.contact_id, sought.nth from sought cross join lateral (
          select conversation.id from conversation
           where conversation.party_address = sought.address and conversation.contact_id is null order by conversation.id limit ${LINKED_AT_ONCE} for update
        ) as unlinked
      )
      update conversation set contact_id = first.contact_id
        from (select distinct on (id) id, contact_id, nth from found order by id, nth) as first
       where conversation.id = first.id
      returning conversation.id, first.nth`
  },
  async onStored(linked, given) {
    for (const { id, nth } of linked) {
      const { scope, contactId } = given[nth] ?? {}
      if (contactId) await scope?.emit(conversationLinked({ conversationId: id, contactId }))
    }
  },
})

/** Remembers the addresses of a contact, the primary one first, and links the conversations with them that have no contact yet. */
export async function linkContact(scope: Write, contactId: string, emails: readonly string[]): Promise<void> {
  const [primary, ...others] = [...new Set(emails.map((email) => email.trim().toLowerCase()))].filter((address) => address !== '')
  if (primary === undefined) return forgetContact(scope, contactId, 'address')
  const linked = { scope, contactId, addresses: [primary, ...others] } as const
  scope.gather(LOCKS, linked)
  scope.gather(LINKS, linked)
}

interface Forgotten {
  readonly contactId: string
  readonly what: 'address' | 'contact'
}

const idsOf = (forgotten: readonly Forgotten[]): string[] => forgotten.map(({ contactId }) => contactId)

/** A mail that has just found the contact is stored before, or finds none. */
const LOCKS_OF_FORGOTTEN = definePromptGathering<Forgotten>({ statementOf: (forgotten) => lockOf(addressesOf(idsOf(forgotten))) })

const FORGOTTEN = definePromptGathering<Forgotten>({
  line,
  statementOf: (forgotten) => sql`
    with addresses as (delete from contact_address where contact_id = any(${idsOf(forgotten)}::uuid[])),
         others as (delete from contact_other_address where contact_id = any(${idsOf(forgotten)}::uuid[]))
    update conversation set contact_id = null where contact_id = any(${idsOf(forgotten.filter(({ what }) => what === 'contact'))}::uuid[])`,
})

/** `address`: the contact has none any more, its conversations stay. `contact`: it is gone, its conversations have none. */
export async function forgetContact({ gather }: Pick<Write, 'gather'>, contactId: string, what: Forgotten['what']): Promise<void> {
  gather(LOCKS_OF_FORGOTTEN, { contactId, what })
  gather(FORGOTTEN, { contactId, what })
}
