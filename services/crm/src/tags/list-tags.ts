import type { Permission, Tag, TagSearch } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { TAG_COLUMNS, toTag } from './tag.ts'

const OF_RECORDS: readonly Permission[] = ['crm.contact.read', 'crm.company.read', 'crm.deal.read']

/** By name; none for whoever sees no records. */
export async function listTags(ctx: Ctx, { counts }: TagSearch): Promise<{ items: Tag[] }> {
  if (ctx.rights && !OF_RECORDS.some((permission) => ctx.rights?.permissions.has(permission))) return { items: [] }
  const rows = await ctx.db
    .selectFrom('tag')
    .select(TAG_COLUMNS)
    .select(counts ? sql<number>`(select count(*)::int from record_tag where record_tag.tag_id = tag.id)`.as('recordCount') : sql<null>`null::int`.as('recordCount'))
    .where('deletedAt', 'is', null)
    .orderBy('foldedName')
    .execute()
  return { items: rows.map(({ recordCount, ...row }) => toTag(row, recordCount)) }
}
