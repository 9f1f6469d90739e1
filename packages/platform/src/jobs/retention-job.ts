import { z } from 'zod'
import type { RelayConnection } from '../events/relay-connection.ts'
import { purgeInbox } from '../events/purge-inbox.ts'
import { purgeIdempotencyKeys } from '../http/idempotency/purge-idempotency-keys.ts'
import type { JobHandler, Retention } from '../service.ts'
import { purgeOldRows } from './purge-old-rows.ts'

/** Forgets what the platform keeps for a time only, and what the service says of its own tables. Runs hourly in every service; works as the relay role, for all organisations. */
export const retentionJob = (connection: RelayConnection, retention: readonly Retention[] = []): JobHandler => ({
  name: 'platform.retention',
  schedule: '23 * * * *',
  payload: z.unknown(),
  timeoutMs: 5 * 60_000,
  concurrency: 1,
  async handle() {
    await purgeInbox(connection)
    await purgeIdempotencyKeys({
      batch: (_context, statements) =>
        Promise.all(statements.map(async ({ text, values }) => ({ rows: [], rowCount: await connection.execute(text, values) }))),
    })
    for (const one of retention) await purgeOldRows(connection, one)
  },
})
