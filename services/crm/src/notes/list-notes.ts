import type { RecordNote, RecordNoteSearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { sql } from 'kysely'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { NOTE_COLUMNS, toNote } from './note.ts'

/** Living notes about what is in sight, newest first, page by page. */
export async function listNotes(ctx: Ctx, search: RecordNoteSearch): Promise<{ items: RecordNote[]; nextCursor: string | null }> {
  const rows = await notePage(ctx, search).execute()
  const items = rows.slice(0, search.limit).map(toNote)
  const last = rows.length > search.limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kindOf(search), [last.createdAt, last.id]) : null }
}

/** A cursor continues the list it came from. */
const kindOf = ({ contactId, companyId, dealId, mentioning }: RecordNoteSearch): string =>
  ['notes', contactId ?? '', companyId ?? '', dealId ?? '', mentioning ?? ''].join('/')

/** One row more than the page: whether there is a next one. */
function notePage(ctx: Ctx, query: RecordNoteSearch) {
  const { contactId, companyId, dealId, mentioning, limit, cursor } = query
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(query), cursor)
  return ctx.db
    .selectFrom('note')
    .select(NOTE_COLUMNS)
    .where('note.deletedAt', 'is', null)
    .where(seesAbout(ctx, 'note'))
    .$if(contactId !== undefined, (page) => page.where('note.contactId', '=', contactId ?? ''))
    .$if(companyId !== undefined, (page) => page.where('note.companyId', '=', companyId ?? ''))
    .$if(dealId !== undefined, (page) => page.where('note.dealId', '=', dealId ?? ''))
    .$if(mentioning === 'me', (page) =>
      page.where('note.id', 'in', sql<string>`(select note_id from note_mention where note_mention.user_id = ${ctx.rights?.userId ?? null}::uuid)`),
    )
    .$if(after !== null, (page) =>
      page.where(({ ref }) =>
        isAfter(
          [
            { column: ref('note.createdAt'), direction: 'desc' },
            { column: ref('note.id'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('note.createdAt', 'desc')
    .orderBy('note.id', 'desc')
    .limit(limit + 1)
}
