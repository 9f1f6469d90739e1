import type { Db } from '../ctx.ts'
import { tagUnknown } from './errors.ts'

/** Each once, in the given order. */
export const distinctTags = (tagIds: readonly string[]): string[] => [...new Set(tagIds.map((id) => id.toLowerCase()))]

/** From → to, or null where an update changes nothing. */
export function changeOfTags(from: string[], given: readonly string[] | undefined): { from: string[]; to: string[] } | null {
  const to = given && distinctTags(given)
  return to === undefined || to.join() === from.join() ? null : { from, to }
}

/**
 * That the tags which a record does not have yet are there, and are not deleted until this transaction is over. Throws `tagUnknown` (422),
 * naming the first; `field`: where the ids stand in the request.
 */
export async function requireTags(db: Db, tagIds: readonly string[], known: readonly string[], field = '/tagIds'): Promise<void> {
  const added = tagIds.filter((id) => !known.includes(id))
  if (added.length === 0) return
  const there = await db.selectFrom('tag').select('id').where('id', 'in', added).where('deletedAt', 'is', null).orderBy('id').forShare().execute()
  const index = tagIds.findIndex((id) => added.includes(id) && !there.some((row) => row.id === id))
  if (index >= 0) throw tagUnknown(`${field}/${index}`)
}
