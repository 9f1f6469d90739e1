import type { RecordNote } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { NOTE_COLUMNS, toNote } from './note.ts'

export async function getNote(ctx: Ctx, noteId: string): Promise<RecordNote> {
  const row = await ctx.db
    .selectFrom('note')
    .select(NOTE_COLUMNS)
    .where('note.id', '=', noteId)
    .where('note.deletedAt', 'is', null)
    .where(seesAbout(ctx, 'note'))
    .executeTakeFirst()
  if (!row) throw notFound('note')
  return toNote(row)
}
