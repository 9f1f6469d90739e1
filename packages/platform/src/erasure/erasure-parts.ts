import type { Consumer } from '../events/consumer.ts'
import type { Job } from '../jobs/job.ts'
import { eraseConsumer, eraseJob, eraseOrganization, type EraseCtx } from './erase-organization.ts'
import type { Erasure } from './erasure.ts'

interface ErasureParts {
  readonly consumers: readonly Consumer[]
  readonly jobs: readonly (Job & { timeoutMs: number; concurrency: number; handle: (ctx: never, payload: never) => Promise<void> })[]
}

const NOTHING: ErasureParts = { consumers: [], jobs: [] }
/** Batches are short; what is not done by then goes on where it was. */
const TIMEOUT_MS = 10 * 60_000

/** What a service gets that can erase an organisation. */
export function erasureParts(service: string, erasure: Erasure | undefined): ErasureParts {
  if (!erasure) return NOTHING
  const handle = (ctx: EraseCtx, payload: { sagaId: string }) => eraseOrganization(service, erasure, ctx, payload)
  return { consumers: [eraseConsumer(service, erasure)], jobs: [{ ...eraseJob, timeoutMs: TIMEOUT_MS, concurrency: 1, handle }] }
}
