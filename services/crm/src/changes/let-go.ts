import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

export type LetGoKind = 'contact-of-deal' | 'company-of-contact' | 'company-of-deal' | 'parent-of-company'

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
