import type { DuplicateSearch, DuplicateSummary, MergeRecord } from '@ai-crm/contracts'
import { MAX_COUNTED_DUPLICATES } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, inReach } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { type MergeableRecord, readCompanies, readContacts } from '../merges/lock-records.ts'
import { reasonsInSight } from './reasons-in-sight.ts'
import { readScan } from './scan-records.ts'

interface FoundPair {
  readonly oneId: string
  readonly otherId: string
  readonly score: number
  readonly reasons: string[]
}
interface Pairs<Item> {
  readonly items: { one: Item; other: Item; score: number; reasons: string[] }[]
  readonly nextCursor: string | null
}

export const listContactPairs = async (ctx: Ctx, search: DuplicateSearch) => listPairs(ctx, 'contact', search, readContacts)
export const listCompanyPairs = async (ctx: Ctx, search: DuplicateSearch) => listPairs(ctx, 'company', search, readCompanies)

/** Pairs of which whoever asks may see both, and at least one reason; the surest first. */
async function listPairs<Item extends MergeableRecord['item']>(
  ctx: Ctx,
  record: MergeRecord,
  { status, limit, cursor }: DuplicateSearch,
  read: (ctx: Ctx, db: Db, ids: readonly string[]) => Promise<MergeableRecord<Item>[]>,
): Promise<Pairs<Item>> {
  const kind = `duplicates/${record}/${status}`
  const after = cursor === undefined ? null : decodeCursor(ctx, kind, cursor)
  const isAfter = after
    ? sql<boolean>`(pair.score < ${after[0]} or (pair.score = ${after[0]} and (pair.one_id, pair.other_id) > (${after[1]}::uuid, ${after[2]}::uuid)))`
    : sql<boolean>`true`
  const rows = await foundPairs(ctx, record, status, isAfter, limit + 1)
  const shown = rows.slice(0, limit)
  const records = new Map((await read(ctx, ctx.db, [...new Set(shown.flatMap(({ oneId, otherId }) => [oneId, otherId]))])).map((each) => [each.id, each.item]))
  const items = shown.flatMap(({ oneId, otherId, score, reasons }) => {
    const [one, other] = [records.get(oneId), records.get(otherId)]
    return one && other ? [{ one, other, score, reasons }] : []
  })
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kind, [last.score, last.oneId, last.otherId]) : null }
}

/** How many pairs wait, up to a bound, and how far the search through everything is. */
export async function summarizePairs(ctx: Ctx, record: MergeRecord): Promise<DuplicateSummary> {
  const [pairs, scan] = await Promise.all([foundPairs(ctx, record, 'open', sql<boolean>`true`, MAX_COUNTED_DUPLICATES), readScan(ctx.db, record)])
  return { open: pairs.length, scan }
}

async function foundPairs(
  ctx: Ctx,
  record: MergeRecord,
  status: DuplicateSearch['status'],
  condition: RawBuilder<boolean>,
  limit: number,
): Promise<FoundPair[]> {
  const [table, shown] = [sql.table(record), reasonsInSight(ctx, record)]
  const inSight = (alias: string) => sql`${sql.ref(`${alias}.deleted_at`)} is null and ${inReach(ctx, record, 'read', `${alias}.ownerId`)}`
  const { rows } = await sql<FoundPair>`
    select pair.one_id as "oneId", pair.other_id as "otherId", pair.score,
           array(select reason from unnest(pair.reasons) with ordinality as given (reason, nth) where reason = any(${shown}::text[]) order by nth) as reasons
      from duplicate_pair as pair
      join ${table} as one on one.id = pair.one_id and ${inSight('one')}
      join ${table} as other on other.id = pair.other_id and ${inSight('other')}
     where pair.record = ${record} and pair.status = ${status} and pair.reasons && ${shown}::text[] and ${condition}
     order by pair.score desc, pair.one_id, pair.other_id limit ${limit}`.execute(ctx.db)
  return rows
}
