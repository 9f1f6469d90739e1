import type { ListRecord } from '@ai-crm/contracts'
import { ownersInReach, type OwnersInReach } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { isHidden } from '../lists/list-record.ts'
import type { RecordFinder } from './record-finder.ts'
import { SEARCHED_RECORDS } from './searched-record.ts'

/** By the index beside the database, where there is one and it answers: all kinds in one request. */
export const findInIndex: RecordFinder = async (ctx, { query, records, limit }) => {
  if (!ctx.search) return null
  const [words, owners] = await Promise.all([wordsOf(ctx, query), Promise.all(records.map((record) => ownersInReach(ctx, record)))])
  const questions = records.map((record, at) => ({ ...words, kind: record, owners: owners[at] ?? NOBODYS, limit }))
  const answers = await ctx.search.find(ctx.organizationId, questions, ctx.signal)
  return answers && records.flatMap((record, at) => (answers[at] ?? []).map(({ id, rank }) => ({ record, id, rank: rankFor(ctx, record, rank) })))
}

const NOBODYS: OwnersInReach = { ids: [], withNobodys: false }

/** By its name only, and only for whoever may see that. */
const rankFor = (ctx: Ctx, record: ListRecord, rank: number): number => (isHidden(ctx, record, SEARCHED_RECORDS[record].name) ? 0 : rank)

interface Words {
  readonly folded: string
  readonly switched: string
  readonly phone: string | null
}

/** Folded by PostgreSQL, as the documents are: the two cannot come to fold differently. */
async function wordsOf({ db }: Ctx, query: string): Promise<Words> {
  const { rows } = await sql<Words>`select crm.fold_text(${query}) as folded, crm.fold_text(platform.other_layout(${query})) as switched,
    trim(crm.phone_pattern(${query}), '%') as phone`.execute(db)
  return rows[0] ?? { folded: '', switched: '', phone: null }
}
