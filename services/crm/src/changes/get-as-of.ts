import {
  type CompanyAsOf,
  type ContactAsOf,
  CompanyAsOf as CompanyShape,
  ContactAsOf as ContactShape,
  type DealAsOf,
  DealAsOf as DealShape,
  type CustomValues,
  type ListRecord,
} from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { RECORDS } from '../lists/list-record.ts'
import { type Folded, foldEvent } from './fold-record.ts'
import { type RecordEvent, RECORD_EVENT_COLUMNS } from './record-events.ts'

export const getContactAsOf = async (ctx: Ctx, id: string, at?: string): Promise<ContactAsOf> =>
  ContactShape.parse(shown(await foldUntil(ctx, 'contact', id, at), 'contact', id))
export const getCompanyAsOf = async (ctx: Ctx, id: string, at?: string): Promise<CompanyAsOf> =>
  CompanyShape.parse(shown(await foldUntil(ctx, 'company', id, at), 'company', id))
export const getDealAsOf = async (ctx: Ctx, id: string, at?: string): Promise<DealAsOf> =>
  DealShape.parse(shown(await foldUntil(ctx, 'deal', id, at), 'deal', id, { pipelineId: await firstPipelineOf(ctx) }))

/** Where every deal stood before there were others. */
async function firstPipelineOf({ db }: Ctx): Promise<string> {
  const { rows } = await sql<{ id: string }>`select platform.derived_id('pipeline.first', platform.current_organization()) as id`.execute(db)
  return rows[0]?.id ?? ''
}

const shown = ({ version, since, isDeleted, createdAt, fields, custom }: Seen, record: ListRecord, id: string, unlessTold: object = {}) => ({
  version,
  since: since.toISOString(),
  isDeleted,
  [record]: { ...unlessTold, ...fields, id, custom, createdAt: createdAt.toISOString(), updatedAt: since.toISOString(), version },
})

type Seen = Folded & { readonly createdAt: Date }

/** A deleted field is out of sight, in the past too. */
async function withoutDeletedFields({ db }: Ctx, record: ListRecord, custom: CustomValues): Promise<CustomValues> {
  const ids = Object.keys(custom)
  if (ids.length === 0) return custom
  const there = await db.selectFrom('field').select('id').where('record', '=', record).where('id', 'in', ids).where('deletedAt', 'is', null).execute()
  return Object.fromEntries(there.flatMap(({ id }) => (custom[id] === undefined ? [] : [[id, custom[id]]])))
}

const PAGE = 500

/** Page by page: of a long life no more than one is held. Whoever sees the record now sees what it was. Throws 404, of a moment before it too. */
async function foldUntil(ctx: Ctx, record: ListRecord, id: string, at = new Date().toISOString()): Promise<Seen> {
  const inReach = sql<{
    createdAt: Date
  }>`select created_at as "createdAt" from ${sql.table(record)} where ${sql.ref(`${record}.id`)} = ${id}::uuid and ${RECORDS[record].mayRead(ctx)}`
  const [row] = (await inReach.execute(ctx.db)).rows
  if (!row) throw notFound(record)
  let folded: Folded | null = null
  for (let page = PAGE; page === PAGE;) {
    const { rows } = await sql<RecordEvent>`select ${RECORD_EVENT_COLUMNS} from event
      where aggregate_type = ${record} and aggregate_id = ${id}::uuid and aggregate_version > ${folded?.version ?? 0} and occurred_at <= ${at}::timestamptz
      order by aggregate_version limit ${PAGE}`.execute(ctx.db)
    for (const event of rows) folded = foldEvent(folded, event)
    page = rows.length
  }
  if (!folded) throw notFound(record)
  return { ...folded, ...row, custom: await withoutDeletedFields(ctx, record, folded.custom) }
}
