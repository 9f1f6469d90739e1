import { type Tag, tagDeleted } from '@ai-crm/contracts'
import { notFound, type WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import { tagUnknown } from './errors.ts'
import { leaveTag } from './leave-tag.ts'
import { lockTag, toTag } from './tag.ts'

/** Takes the tag out of sight and, by a job, out of the records that have it. Repeated, it has no further effect. Throws 404. */
export async function deleteTag(ctx: Ctx, tagId: string): Promise<void> {
  await ctx.write(async (scope) => {
    const tag = await lockTag(scope.db, tagId)
    if (!tag) throw notFound('tag')
    if (tag.deletedAt === null) await endTag(scope, tagId, null)
  })
}

/** Gives the records of a tag another one instead, by a job. Throws 404, `tagUnknown` (422) for what it cannot be merged into. */
export async function mergeTag(ctx: Ctx, tagId: string, intoId: string): Promise<Tag> {
  return ctx.write(async (scope) => {
    // In one order: two who merge tags into each other do not wait for each other.
    const [first, second] = [tagId, intoId].toSorted().map((id) => lockTag(scope.db, id))
    const locked = [await first, await second]
    const [tag, into] = [tagId, intoId].map((id) => locked.find((row) => row?.id === id && row.deletedAt === null))
    if (!tag) throw notFound('tag')
    if (!into || intoId === tagId) throw tagUnknown('/intoId')
    await endTag(scope, tagId, intoId)
    return toTag(into)
  })
}

async function endTag({ db, emit, enqueue }: WriteScope<Tables>, tagId: string, mergedInto: string | null): Promise<void> {
  await db
    .updateTable('tag')
    .set({ deletedAt: sql<Date>`now()`, mergedInto, version: sql<number>`version + 1` })
    .where('id', '=', tagId)
    .execute()
  await emit(tagDeleted({ tagId, mergedInto }))
  await enqueue(leaveTag, { tagId }, { key: tagId })
}
