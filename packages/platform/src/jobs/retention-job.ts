import { z } from 'zod'
import type { RelayConnection } from '../events/relay-connection.ts'
import { purgeInbox } from '../events/purge-inbox.ts'
import { purgeIdempotencyKeys } from '../http/idempotency/purge-idempotency-keys.ts'
import type { JobHandler } from '../service.ts'

/** Forgets what the platform keeps for a time only. Runs hourly in every service; works as the relay role, for all organisations. */
export const retentionJob = (connection: RelayConnection): JobHandler => ({
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
  },
})
