import { companyUpdated, contactUpdated, dealUpdated } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Db } from '../ctx.ts'

const BATCH = 100

/** Records let go of a deleted tag, or take the one that it was merged into; runs `leave`. */
export const leaveTag: Job<{ tagId: string }> = { name: 'crm.leave-tag', payload: z.object({ tagId: z.uuid() }) }

type Change = { from: string[]; to: string[] }

/** Records with tags, and the event that tells of other ones. */
const KINDS = {
  contact: (contactId: string, tagIds: Change) => contactUpdated({ contactId, changes: { tagIds } }),
  company: (companyId: string, tagIds: Change) => companyUpdated({ companyId, changes: { tagIds } }),
  deal: (dealId: string, tagIds: Change) => dealUpdated({ dealId, changes: { tagIds } }),
} as const

/** In batches, each change with its event: a crash goes on where it was. */
export async function leave(ctx: Ctx, { tagId }: { tagId: string }): Promise<void> {
  const tag = await ctx.db.selectFrom('tag').select(['deletedAt', 'mergedInto']).where('id', '=', tagId).executeTakeFirst()
  if (!tag?.deletedAt) return
  for (const kind of ['contact', 'company', 'deal'] as const)
    for (let left = BATCH; left === BATCH && !ctx.signal.aborted;) left = await leaveSome(ctx, kind, tagId)
}

/** Merged into one that was merged, and so on: nobody merges that often while a job runs. */
const MAX_STEPS = 50

/** The living tag that the records of a deleted one have instead, kept from being deleted until the end of the transaction; null: none. */
async function successorOf(db: Db, tagId: string): Promise<string | null> {
  let next: string | null = tagId
  for (let step = 0; next !== null && step < MAX_STEPS; step += 1) {
    const tag: { deletedAt: Date | null; mergedInto: string | null } | undefined = await db
      .selectFrom('tag')
      .select(['deletedAt', 'mergedInto'])
      .where('id', '=', next)
      .forShare()
      .executeTakeFirst()
    if (!tag || tag.deletedAt === null) return tag ? next : null
    next = tag.mergedInto
  }
  return null
}

async function leaveSome(ctx: Ctx, kind: keyof typeof KINDS, tagId: string): Promise<number> {
  return ctx.write(async ({ db, emit }) => {
    const [record, next] = [sql.table(kind), await successorOf(db, tagId)]
    const { rows } = await sql<Change & { id: string }>`
      with marked as (
        select record.id, record.tag_ids,
               case when ${next}::uuid is null or ${next}::uuid = any (record.tag_ids) then array_remove(record.tag_ids, ${tagId}::uuid)
                    else array_replace(record.tag_ids, ${tagId}::uuid, ${next}::uuid) end as others
          from ${record} as record
         where record.id in (
           select record_id from record_tag where tag_id = ${tagId} and exists (select from ${record} as of where of.id = record_id) order by record_id limit ${BATCH}
         )
         order by record.id for update of record
      )
      update ${record} as record set tag_ids = marked.others, version = version + 1, updated_at = date_trunc('milliseconds', now())
        from marked where record.id = marked.id
      returning record.id, marked.tag_ids as "from", marked.others as "to"`.execute(db)
    for (const { id, from, to } of rows) await emit(KINDS[kind](id, { from, to }))
    return rows.length
  })
}
