import { type CreateRecordNote, type RecordNote, noteCreated } from '@ai-crm/contracts'
import { noRecord, requireOneRecord } from '../about/errors.ts'
import { requireRecord } from '../about/require-record.ts'
import type { Ctx } from '../ctx.ts'
import { NOTE_COLUMNS, toNote } from './note.ts'
import { distinct, requireMentioned } from './require-mentioned.ts'

/** Throws `noRecord`, `severalRecords`, `recordUnknown` and `mentionUnknown` (422). */
export async function createNote(ctx: Ctx, input: CreateRecordNote): Promise<RecordNote> {
  const about = requireOneRecord(input)
  const aboutId = about && input[about]
  if (!about || !aboutId) throw noRecord()
  const fields = { ...input, mentions: distinct(input.mentions), authorId: ctx.rights?.userId ?? null }
  return ctx.write(async ({ db, emit }) => {
    await requireRecord(ctx, db, about, aboutId)
    await requireMentioned(ctx, db, fields.mentions, [])
    const note = toNote(await db.insertInto('note').values(fields).returning(NOTE_COLUMNS).executeTakeFirstOrThrow())
    const { id: noteId, body, mentions, authorId, contactId, companyId, dealId } = note
    await emit(noteCreated({ noteId, contactId, companyId, dealId, body, mentions, authorId }))
    return note
  })
}
