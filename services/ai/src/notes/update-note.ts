import { aiNoteUpdated, type Note, type UpdateNote } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { indexNote } from './index-note.ts'
import { toNote } from './note.ts'

export async function updateNote(ctx: Ctx, noteId: string, expectedVersion: number, input: UpdateNote): Promise<Note> {
  return ctx.write(async ({ db, emit }) => {
    const before = await db.selectFrom('note').selectAll().where('id', '=', noteId).forUpdate().executeTakeFirst()
    if (!before) throw notFound('note')
    if (before.version !== expectedVersion) throw versionConflict('note', before.version)

    const changes = {
      ...(input.title !== undefined && input.title !== before.title ? { title: { from: before.title, to: input.title } } : {}),
      ...(input.body !== undefined && input.body !== before.body ? { body: { from: before.body, to: input.body } } : {}),
    }
    if (Object.keys(changes).length === 0) return toNote(before)

    const row = await db
      .updateTable('note')
      .set({ title: input.title ?? before.title, body: input.body ?? before.body, version: before.version + 1, updatedAt: new Date() })
      .where('id', '=', noteId)
      .returningAll()
      .executeTakeFirstOrThrow()
    await indexNote({ db }, row)
    await emit(aiNoteUpdated({ noteId, changes }))
    return toNote(row)
  })
}
