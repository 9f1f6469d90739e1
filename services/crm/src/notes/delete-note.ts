import { noteDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { notYours } from './errors.ts'

/** Takes a note out of sight: one's own, or with the permission anybody's. Repeated, it has no further effect. Throws `notYours` (403). */
export async function deleteNote(ctx: Ctx, noteId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const note = await db
      .selectFrom('note')
      .select(['authorId', 'contactId', 'companyId', 'dealId', 'deletedAt'])
      .where('note.id', '=', noteId)
      .where(seesAbout(ctx, 'note'))
      .forUpdate('note')
      .executeTakeFirst()
    if (!note) throw notFound('note')
    const { authorId, deletedAt, ...about } = note
    if (ctx.rights && ctx.rights.userId !== authorId && !ctx.rights.permissions.has('crm.note.delete')) throw notYours()
    if (deletedAt !== null) return
    await db
      .updateTable('note')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', noteId)
      .execute()
    await emit(noteDeleted({ noteId, ...about }))
  })
}
