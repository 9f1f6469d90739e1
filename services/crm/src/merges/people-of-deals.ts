import { type DealContact, dealUpdated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { type MergeOf, skipping, type Waiting, type Writing } from './merge-of.ts'

const BATCH = 200
const MAX_PEOPLE = 20
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

interface Coming extends Seen {
  /** The role that was given up, where the survivor took part itself. */
  readonly detail: DealContact | null
  /** Another merge into the survivor gave its role in this deal up for the one that is leaving. */
  readonly heir: { readonly mergeId: string; readonly detail: DealContact } | null
  readonly isDeleted: boolean
}

/** Each deal as far as it still has the survivor: what people have changed of it since stays. */
export async function returnDealsOfContact(scope: Writing, { id, survivorId, mergedId }: MergeOf, waiting: Waiting): Promise<void> {
  const { rows } = await sql<Coming>`
    select deal.id, deal.contacts, noted.detail, deal.deleted_at is not null as "isDeleted", (
        select jsonb_build_object('mergeId', other.merge_id, 'detail', other.detail) from merge_child as other
          join record_merge on record_merge.id = other.merge_id
         where other.kind = 'deal' and other.child_id = deal.id and other.merge_id <> ${id} and other.detail is not null and record_merge.survivor_id = ${survivorId}
         order by other.merge_id limit 1) as heir
      from deal
      join (select child_id, detail from merge_child where merge_id = ${id} and kind = 'deal' order by child_id limit ${BATCH}) as noted on noted.child_id = deal.id
     order by deal.id for update of deal ${skipping(waiting)}`.execute(scope.db)
  const moved = rows.flatMap(({ id: dealId, contacts: from, detail, heir, isDeleted }) => {
    const isThere = from.some(({ contactId }) => contactId === survivorId)
    const isBack = from.some(({ contactId }) => contactId === mergedId)
    if (isDeleted || !isThere || isBack) return []
    const hasRoom = from.length < MAX_PEOPLE
    if (detail) return hasRoom ? [{ dealId, from, to: [...from, detail], heir: null }] : []
    const parted = from.map((person) => (person.contactId === survivorId ? { ...person, contactId: mergedId } : person))
    return [heir && hasRoom ? { dealId, from, to: [...parted, { ...heir.detail, contactId: survivorId }], heir } : { dealId, from, to: parted, heir: null }]
  })
  await write(scope, moved)
  for (const { dealId, heir } of moved)
    if (heir) await sql`update merge_child set detail = null where merge_id = ${heir.mergeId} and kind = 'deal' and child_id = ${dealId}`.execute(scope.db)
  const seen = rows.map((row) => row.id)
  await sql`delete from merge_child where merge_id = ${id} and kind = 'deal' and child_id = any(${seen}::uuid[])`.execute(scope.db)
}

async function write({ db, emitAll }: Writing, moved: readonly { dealId: string; from: DealContact[]; to: DealContact[] }[]): Promise<void> {
  if (moved.length === 0) return
  await sql`
    update deal set contacts = given.contacts, version = deal.version + 1, updated_at = date_trunc('milliseconds', now())
      from jsonb_to_recordset(${JSON.stringify(moved.map(({ dealId, to }) => ({ id: dealId, contacts: to })))}::jsonb) as given (id uuid, contacts jsonb)
     where deal.id = given.id`.execute(db)
  await emitAll(moved.map(({ dealId, from, to }) => dealUpdated({ dealId, changes: { contacts: { from, to } } })))
}

export async function anyDealLeft(db: Writing['db'], contactId: string): Promise<boolean> {
  return (await db.selectFrom('dealContact').select('dealId').where('contactId', '=', contactId).limit(1).executeTakeFirst()) !== undefined
}
