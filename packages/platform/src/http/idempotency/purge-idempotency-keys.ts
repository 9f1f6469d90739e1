import type { Database } from '../../db/database.ts'

/** A client may repeat for 24 h; twice that, so that no clock or late sweep cuts it short. */
const RETENTION_HOURS = 48
/** Small deletions: no long transaction holds back the readers of the event log. */
const BATCH_SIZE = 2_000

/**
 * Deletes answers older than 48 h of all organisations and returns how many. Needs the `<service>_relay` login,
 * which alone may see across organisations here. Run it hourly.
 */
export async function purgeIdempotencyKeys(relayDatabase: Pick<Database, 'batch'>): Promise<number> {
  let total = 0
  for (;;) {
    const [deleted] = await relayDatabase.batch(null, [
      {
        text: `delete from idempotency_key where (organization_id, scope_hash) in (
          select organization_id, scope_hash from idempotency_key where created_at < now() - make_interval(hours => $1) limit $2)`,
        values: [RETENTION_HOURS, BATCH_SIZE],
      },
    ])
    const count = deleted?.rowCount ?? 0
    total += count
    if (count < BATCH_SIZE) return total
  }
}
