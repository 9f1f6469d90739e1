import type { Origin } from '../context.ts'
import { storedJson } from '../db/stored-json.ts'
import type { Statement } from '../db/database.ts'
import type { EnqueueOptions, Job } from './job.ts'
import { currentTraceparent } from '../telemetry/tracing.ts'

const DEFAULT_MAX_ATTEMPTS = 10
/** What the column holds: one attempt every ten minutes is past it in forty thousand years. */
const ENDLESS = 2_147_483_647

const INSERT = `
  insert into job (name, key, payload, origin, run_at, max_attempts) values ($1, $2, $3, $4, coalesce($5, now()), $6)
  on conflict (organization_id, name, key) where status = 'waiting' and key is not null`
const KEEP = `${INSERT} do nothing`
const REPLACE = `${INSERT}
  do update set payload = excluded.payload, origin = excluded.origin, run_at = excluded.run_at,
                max_attempts = excluded.max_attempts, attempts = 0, last_error = null`

/**
 * Plans a job, as one statement for the caller's transaction. A waiting job of the same key is replaced, or kept; one that
 * runs already is neither, the new one follows it. Throws ZodError when the payload breaks the job's schema (a bug).
 */
export function enqueueStatement<Payload>(origin: Origin, job: Job<Payload>, payload: Payload, options: EnqueueOptions = {}): Statement {
  job.payload.parse(payload)
  const { actor, correlationId, causationId, depth } = origin
  return {
    text: options.keepsWaiting ? KEEP : REPLACE,
    values: [
      job.name,
      options.key ?? null,
      // As given, not as parsed: the runner parses it again, and a transformed payload may not be valid input.
      storedJson(payload),
      JSON.stringify({ actor, correlationId, causationId, depth, trace: currentTraceparent() ?? origin.trace }),
      options.runAt ?? null,
      options.maxAttempts === 'endless' ? ENDLESS : (options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS),
    ],
  }
}
