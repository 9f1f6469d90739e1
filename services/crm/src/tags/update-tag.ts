import { type EventData, type Tag, tagUpdated, type UpdateTag } from '@ai-crm/contracts'
import { isUniqueViolation, notFound, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { nameTaken } from './errors.ts'
import { lockTag, TAG_COLUMNS, toTag } from './tag.ts'

/** Changes what differs, if the tag is still the version that the client has seen. Throws 404, `nameTaken` (409). */
export async function updateTag(ctx: Ctx, tagId: string, expectedVersion: number, input: UpdateTag): Promise<Tag> {
  return ctx.write(async ({ db, emit }) => {
    const current = await lockTag(db, tagId)
    if (!current || current.deletedAt !== null) throw notFound('tag')
    if (current.version !== expectedVersion) throw versionConflict('tag', current.version)
    const changes: EventData<typeof tagUpdated>['changes'] = {}
    for (const part of ['name', 'color'] as const) {
      const to = input[part]
      if (to !== undefined && to !== current[part]) changes[part] = { from: current[part], to }
    }
    if (Object.keys(changes).length === 0) return toTag(current)
    const row = await db
      .updateTable('tag')
      .set({ ...input, version: sql<number>`version + 1`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', '=', tagId)
      .returning(TAG_COLUMNS)
      .executeTakeFirstOrThrow()
      .catch((error: unknown) => {
        throw isUniqueViolation(error, 'tag_name_key') ? nameTaken(input.name ?? '') : error
      })
    await emit(tagUpdated({ tagId, changes }))
    return toTag(row)
  })
}
