import { aiNoteDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'

export async function deleteNote(ctx: Ctx, noteId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const deleted = await db.deleteFrom('note').where('id', '=', noteId).returning('id').executeTakeFirst()
    if (!deleted) throw notFound('note')
    await emit(aiNoteDeleted({ noteId }))
  })
}
