import { type DealContact, dealUpdated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { type MergeOf, skipping, type Waiting, type Writing } from './merge-of.ts'

const BATCH = 200
interface Seen {
  readonly id: string
  readonly contacts: DealContact[]
}

/** The survivor takes the other's place in its deals; where both took part, the survivor's role stays and the other's is remembered. */
export async function moveDealsOfContact(scope: Writing, { id, survivorId, mergedId }: MergeOf, waiting: Waiting): Promise<void> {
  const { rows } = await sql<Seen>`
    select deal.id, deal.contacts from deal
     where deal.id in (select deal_id from deal_contact where contact_id = ${mergedId} order by deal_id limit ${BATCH})
     order by deal.id for update of deal ${skipping(waiting)}`.execute(scope.db)
  const moved = rows.map(({ id: dealId, contacts: from }) => {
    const isThere = from.some(({ contactId }) => contactId === survivorId)
    const left = from.find(({ contactId }) => contactId === mergedId) ?? null
    const to = isThere
      ? from.filter(({ contactId }) => contactId !== mergedId)
      : from.map((person) => (person.contactId === mergedId ? { ...person, contactId: survivorId } : person))
    return { dealId, from, to, detail: isThere ? left : null }
  })
  await write(scope, moved)
  if (moved.length === 0) return
  const notes = moved.map(({ dealId, detail }) => ({ mergeId: id, kind: 'deal' as const, childId: dealId, detail: detail && JSON.stringify(detail) }))
  await scope.db
    .insertInto('mergeChild')
    .values(notes)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Each deal as far as it still has the survivor: what people have changed of it since stays. */
export async function returnDealsOfContact(scope: Writing, { id, survivorId, mergedId }: MergeOf, waiting: Waiting): Promise<void> {
  const { rows } = await sql<Seen & { detail: DealContact | null; isDeleted: boolean }>`
    select deal.id, deal.contacts, noted.detail, deal.deleted_at is not null as "isDeleted" from deal
      join (select child_id, detail from merge_child where merge_id = ${id} and kind = 'deal' order by child_id limit ${BATCH}) as noted on noted.child_id = deal.id
     order by deal.id for update of deal ${skipping(waiting)}`.execute(scope.db)
  const moved = rows.flatMap(({ id: dealId, contacts: from, detail, isDeleted }) => {
    const isThere = from.some(({ contactId }) => contactId === survivorId)
    const isBack = from.some(({ contactId }) => contactId === mergedId)
    if (isDeleted || !isThere || isBack) return []
    const to = detail ? [...from, detail] : from.map((person) => (person.contactId === survivorId ? { ...person, contactId: mergedId } : person))
    return [{ dealId, from, to }]
  })
  await write(scope, moved)
  const seen = rows.map((row) => row.id)
  await sql`delete from merge_child where merge_id = ${id} and kind = 'deal' and child_id = any(${seen}::uuid[])`.execute(scope.db)
}

async function write({ db, emit }: Writing, moved: readonly { dealId: string; from: DealContact[]; to: DealContact[] }[]): Promise<void> {
  if (moved.length === 0) return
  await sql`
    update deal set contacts = given.contacts, version = deal.version + 1, updated_at = date_trunc('milliseconds', now())
      from jsonb_to_recordset(${JSON.stringify(moved.map(({ dealId, to }) => ({ id: dealId, contacts: to })))}::jsonb) as given (id uuid, contacts jsonb)
     where deal.id = given.id`.execute(db)
  for (const { dealId, from, to } of moved) await emit(dealUpdated({ dealId, changes: { contacts: { from, to } } }))
}

export async function anyDealLeft(db: Writing['db'], contactId: string): Promise<boolean> {
  return (await db.selectFrom('dealContact').select('dealId').where('contactId', '=', contactId).limit(1).executeTakeFirst()) !== undefined
}
