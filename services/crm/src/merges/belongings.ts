import { type Belongings, MAX_COUNTED_BELONGINGS, type MergeRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../ctx.ts'

const counted = (rows: RawBuilder<unknown>): RawBuilder<number> => sql<number>`(select count(*)::int from (${rows} limit ${MAX_COUNTED_BELONGINGS}) as found)`
const none = sql<number>`0`

const PARTS: Readonly<Record<MergeRecord, (id: string) => Readonly<Record<keyof Belongings, RawBuilder<number>>>>> = {
  contact: (id) => ({
    deals: counted(sql`select from deal_contact where contact_id = ${id}`),
    tasks: counted(sql`select from task where contact_id = ${id} and deleted_at is null`),
    notes: counted(sql`select from note where contact_id = ${id} and deleted_at is null`),
    files: counted(sql`select from file where contact_id = ${id} and deleted_at is null and is_complete`),
    conversations: counted(sql`select from conversation_contact where contact_id = ${id}`),
    contacts: none,
    companies: none,
  }),
  company: (id) => ({
    deals: counted(sql`select from deal where company_id = ${id} and deleted_at is null`),
    tasks: counted(sql`select from task where company_id = ${id} and deleted_at is null`),
    notes: counted(sql`select from note where company_id = ${id} and deleted_at is null`),
    files: counted(sql`select from file where company_id = ${id} and deleted_at is null and is_complete`),
    conversations: none,
    contacts: counted(sql`select from contact where company_id = ${id} and deleted_at is null`),
    companies: counted(sql`select from company where parent_id = ${id} and deleted_at is null`),
  }),
}

/** What a record has: how much, in reach or not, never what. */
export const belongingsOf = (db: Db, record: MergeRecord, id: string): Promise<Belongings> => asked(db, PARTS[record](id))

/** What came with a merge and has not gone back. */
export function belongingsOfMerge(db: Db, mergeId: string): Promise<Belongings> {
  const ofKind = (kind: string) => counted(sql`select from merge_child where merge_id = ${mergeId} and kind = ${kind}`)
  const conversations = counted(sql`
    select distinct entry.conversation_id from merge_child join timeline_entry as entry on entry.id = merge_child.child_id
     where merge_child.merge_id = ${mergeId} and merge_child.kind = 'entry' and entry.conversation_id is not null`)
  return asked(db, {
    deals: ofKind('deal'),
    tasks: ofKind('task'),
    notes: ofKind('note'),
    files: ofKind('file'),
    contacts: ofKind('contact'),
    companies: ofKind('company'),
    conversations,
  })
}

async function asked(db: Db, parts: Readonly<Record<keyof Belongings, RawBuilder<number>>>): Promise<Belongings> {
  const { deals, tasks, notes, files, conversations, contacts, companies } = parts
  const { rows } = await sql<Belongings>`
    select ${deals} as deals, ${tasks} as tasks, ${notes} as notes, ${files} as files, ${conversations} as conversations, ${contacts} as contacts, ${companies} as companies`.execute(
    db,
  )
  return rows[0] ?? { deals: 0, tasks: 0, notes: 0, files: 0, conversations: 0, contacts: 0, companies: 0 }
}
