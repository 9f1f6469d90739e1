import type { Job, WriteScope } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'

/** Each is asked for by whatever may refer to it: one statement of them stays far below its time. */
const BATCH = 100
const DAY_MS = 86_400_000

/** Removes for good what was deleted long enough ago; runs `purge`. */
export const purgeTrash: Job<Record<string, never>> = { name: 'crm.purge-trash', payload: z.object({}) }

/** One job for all that an organisation deletes on a day, for the end of the day on which it goes. With the deletion. */
export async function planPurge({ config }: Ctx, { enqueue }: Pick<WriteScope<Tables>, 'enqueue'>): Promise<void> {
  const day = Math.floor(Date.now() / DAY_MS) + config.TRASH_DAYS + 1
  await enqueue(purgeTrash, {}, { key: String(day), runAt: new Date(day * DAY_MS) })
}

/**
 * Deals before their people, people before their companies: what is still named by something stays, and what was merged as long as it can come back.
 * The log keeps what happened.
 */
export async function purge(ctx: Ctx): Promise<void> {
  for (const [table, isNamed] of [
    ['deal', about('deal_id')],
    ['contact', sql`(${canComeBack('contact')} or ${about('contact_id')} or exists (select from deal_contact as part where part.contact_id = record.id))`],
    [
      'company',
      sql`(${canComeBack('company')} or ${about('company_id')} or exists (select from contact where contact.company_id = record.id)
      or exists (select from deal where deal.company_id = record.id) or exists (select from company as daughter where daughter.parent_id = record.id))`,
    ],
  ] as const)
    // What went into a record that is gone now goes with the next round.
    for (let removed = BATCH; removed > 0 && !ctx.signal.aborted;) removed = await purgeSome(ctx, table, isNamed)
}

/** What it went into is there, be it in the trash. */
const canComeBack = (table: 'contact' | 'company'): RawBuilder<unknown> =>
  sql`exists (select from ${sql.table(table)} as survivor where survivor.id = record.merged_into)`

const about = (key: string): RawBuilder<unknown> =>
  sql`(exists (select from task where ${sql.ref(`task.${key}`)} = record.id) or exists (select from note where ${sql.ref(`note.${key}`)} = record.id)
    or exists (select from file where ${sql.ref(`file.${key}`)} = record.id))`

async function purgeSome(ctx: Ctx, table: string, isNamed: RawBuilder<unknown>): Promise<number> {
  return ctx.write(async ({ db }) => {
    const { rows } = await sql<{ id: string }>`delete from ${sql.table(table)} where id in (
        select record.id from ${sql.table(table)} as record
         where record.deleted_at < now() - make_interval(days => ${ctx.config.TRASH_DAYS}) and not ${isNamed}
         order by record.deleted_at limit ${BATCH} for update)
      returning id`.execute(db)
    const ids = rows.map(({ id }) => id)
    await sql`delete from let_go where record_id = any(${ids}::uuid[])`.execute(db)
    await sql`delete from record_merge where merged_id = any(${ids}::uuid[]) or survivor_id = any(${ids}::uuid[])`.execute(db)
    await sql`delete from duplicate_pair where one_id = any(${ids}::uuid[]) or other_id = any(${ids}::uuid[])`.execute(db)
    return rows.length
  })
}
