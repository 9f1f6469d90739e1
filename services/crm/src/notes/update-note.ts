import { type EventData, type RecordNote, noteUpdated, type UpdateRecordNote } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { notYours } from './errors.ts'
import { NOTE_COLUMNS, toNote } from './note.ts'
import { distinct, requireMentioned } from './require-mentioned.ts'

type Changes = EventData<typeof noteUpdated>['changes']

/** Changes what differs of a note of one's own. Throws `notYours` (403) and `mentionUnknown` (422). */
export async function updateNote(ctx: Ctx, noteId: string, expectedVersion: number, input: UpdateRecordNote): Promise<RecordNote> {
  return ctx.write(async ({ db, emit }) => {
    const row = await db
      .selectFrom('note')
      .select(NOTE_COLUMNS)
      .where('note.id', '=', noteId)
      .where('note.deletedAt', 'is', null)
      .where(seesAbout(ctx, 'note'))
      .forUpdate('note')
      .executeTakeFirst()
    if (!row) throw notFound('note')
    if (ctx.rights && ctx.rights.userId !== row.authorId) throw notYours()
    if (row.version !== expectedVersion) throw versionConflict('note', row.version)

    const changes = changesBetween(row, input)
    if (Object.keys(changes).length === 0) return toNote(row)
    if (changes.mentions) await requireMentioned(ctx, db, changes.mentions.to, changes.mentions.from)
    const changed = await db
      .updateTable('note')
      .set({
        ...(changes.body ? { body: changes.body.to } : {}),
        ...(changes.mentions ? { mentions: changes.mentions.to } : {}),
        version: sql<number>`version + 1`,
        updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
      })
      .where('note.id', '=', noteId)
      .returning(NOTE_COLUMNS)
      .executeTakeFirstOrThrow()
    const { contactId, companyId, dealId } = changed
    await emit(noteUpdated({ noteId, contactId, companyId, dealId, changes }))
    return toNote(changed)
  })
}

function changesBetween(current: { body: string; mentions: string[] }, { body, mentions }: UpdateRecordNote): Changes {
  const to = mentions && distinct(mentions)
  return {
    ...(body !== undefined && body !== current.body ? { body: { from: current.body, to: body } } : {}),
    ...(to && to.join() !== current.mentions.join() ? { mentions: { from: current.mentions, to } } : {}),
  }
}
