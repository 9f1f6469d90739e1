import { type CreateTag, MAX_TAGS, type Tag, tagCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { nameTaken, tooManyTags } from './errors.ts'
import { TAG_COLUMNS, toTag } from './tag.ts'

/** Throws `nameTaken`, `tooManyTags` (409). */
export async function createTag(ctx: Ctx, input: CreateTag): Promise<Tag> {
  return ctx.write(async ({ db, emit }) => {
    // Two at once would not count each other.
    await sql`select pg_advisory_xact_lock(hashtextextended('crm.tags:' || ${ctx.organizationId}::text, 0))`.execute(db)
    const { count } = await db
      .selectFrom('tag')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('deletedAt', 'is', null)
      .executeTakeFirstOrThrow()
    if (count >= MAX_TAGS) throw tooManyTags(MAX_TAGS)
    const row = await db
      .insertInto('tag')
      .values(input)
      .onConflict((conflict) => conflict.columns(['organizationId', 'foldedName']).where('deletedAt', 'is', null).doNothing())
      .returning(TAG_COLUMNS)
      .executeTakeFirst()
    if (!row) throw nameTaken(input.name)
    await emit(tagCreated({ tagId: row.id, ...input }))
    return toTag(row)
  })
}
