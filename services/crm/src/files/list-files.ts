import type { RecordFile, RecordFileSearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { seesAbout } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { FILE_COLUMNS, toFile } from './file.ts'

/** Whole files about what is in sight, newest first, page by page. */
export async function listFiles(ctx: Ctx, search: RecordFileSearch): Promise<{ items: RecordFile[]; nextCursor: string | null }> {
  const rows = await filePage(ctx, search).execute()
  const items = rows.slice(0, search.limit).map(toFile)
  const last = rows.length > search.limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kindOf(search), [last.createdAt, last.id]) : null }
}

/** A cursor continues the list it came from. */
const kindOf = ({ contactId, companyId, dealId }: RecordFileSearch): string => ['files', contactId ?? '', companyId ?? '', dealId ?? ''].join('/')

/** One row more than the page: whether there is a next one. */
function filePage(ctx: Ctx, query: RecordFileSearch) {
  const { contactId, companyId, dealId, limit, cursor } = query
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(query), cursor)
  return ctx.db
    .selectFrom('file')
    .select(FILE_COLUMNS)
    .where('file.deletedAt', 'is', null)
    .where('file.isComplete', '=', true)
    .where(seesAbout(ctx, 'file'))
    .$if(contactId !== undefined, (page) => page.where('file.contactId', '=', contactId ?? ''))
    .$if(companyId !== undefined, (page) => page.where('file.companyId', '=', companyId ?? ''))
    .$if(dealId !== undefined, (page) => page.where('file.dealId', '=', dealId ?? ''))
    .$if(after !== null, (page) =>
      page.where(({ ref }) =>
        isAfter(
          [
            { column: ref('file.createdAt'), direction: 'desc' },
            { column: ref('file.id'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('file.createdAt', 'desc')
    .orderBy('file.id', 'desc')
    .limit(limit + 1)
}
