import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** What is in the story of each by now says when they were active last; in the order of their ids, as records are locked. */
export async function activityOfParted(db: Db, contactIds: readonly string[]): Promise<void> {
  for (const id of contactIds.toSorted())
    await sql`
      update contact set last_activity_at = coalesce((
        select occurred_at from timeline_entry where contact_id = ${id} and type in ('message.received', 'message.sent')
         order by occurred_at desc, id desc limit 1
      ), '-infinity') where id = ${id}`.execute(db)
}
