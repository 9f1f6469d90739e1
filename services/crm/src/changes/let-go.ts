import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

export type LetGoKind = 'contact-of-deal' | 'company-of-contact' | 'company-of-deal' | 'parent-of-company'

/** What a record named, and how. */
export interface LetGo {
  readonly kind: LetGoKind
  readonly namedId: string
  /** The part that a contact had in a deal. */
  readonly role: string | null
}

/**
 * Whether the record is in the trash, and stays there until this transaction is over; merged ones are not: what belonged to them goes another
 * way (merges/move-children.ts). First of all in a step that lets go of it.
 */
export async function isStillDeleted(db: Db, record: 'contact' | 'company', id: string): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(record)} where id = ${id}::uuid and deleted_at is not null and merged_into is null for share`.execute(db)
  return rows.length > 0
}

/** Notes which records let go of a deleted one, in the transaction in which they do: `take-back.ts` reads it when that one is restored. */
export async function noteLetGo(
  db: Db,
  recordId: string,
  kind: LetGoKind,
  left: readonly { readonly id: string; readonly role?: string | null }[],
): Promise<void> {
  if (left.length === 0) return
  await db
    .insertInto('letGo')
    .values(left.map(({ id, role = null }) => ({ recordId, kind, ofId: id, role })))
    .onConflict((conflict) => conflict.columns(['organizationId', 'recordId', 'kind', 'ofId']).doUpdateSet({ role: sql<string | null>`excluded.role` }))
    .execute()
}

/** What came back without what it named, because that was deleted then: it may come back in this very step. Of what is gone for good nothing is noted. */
export async function noteDropped(db: Db, dropped: readonly (LetGo & { readonly ofId: string })[]): Promise<void> {
  if (dropped.length === 0) return
  await sql`
    insert into let_go (record_id, kind, of_id, role)
    select "namedId", kind, "ofId", role
      from jsonb_to_recordset(${JSON.stringify(dropped)}::jsonb) as given ("namedId" uuid, kind text, "ofId" uuid, role text)
     where exists (select from contact where contact.id = "namedId")
        or exists (select from company where company.id = "namedId")
    on conflict (organization_id, record_id, kind, of_id) do update set role = excluded.role`.execute(db)
}
