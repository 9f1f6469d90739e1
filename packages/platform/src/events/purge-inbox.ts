import type { RelayConnection } from './relay-connection.ts'

/** Longer than anything can be delivered again: an outbox row or a message in a broker that old is an incident of its own. */
const RETENTION_DAYS = 14
/** Small deletions: no long transaction holds back the readers of the event log. */
const BATCH_SIZE = 2_000

/** Forgets events that were handled more than 14 days ago, of all organisations. Returns how many. */
export async function purgeInbox(connection: RelayConnection): Promise<number> {
  let total = 0
  for (;;) {
    const count = await connection.execute(
      `delete from inbox where ctid = any(array(
         select ctid from inbox where handled_at < now() - make_interval(days => $1) limit $2))`,
      [RETENTION_DAYS, BATCH_SIZE],
    )
    total += count
    if (count < BATCH_SIZE) return total
  }
}
