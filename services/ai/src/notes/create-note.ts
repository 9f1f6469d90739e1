import { aiNoteCreated, type CreateNote, type Note } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { indexNote } from './index-note.ts'
import { toNote } from './note.ts'

export async function createNote(ctx: Ctx, input: CreateNote): Promise<Note> {
  return ctx.write(async ({ db, emit }) => {
    const row = await db.insertInto('note').values(input).returningAll().executeTakeFirstOrThrow()
    await indexNote({ db }, row)
    await emit(aiNoteCreated({ noteId: row.id, title: row.title, body: row.body }))
    return toNote(row)
  })
}
