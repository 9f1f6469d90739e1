import type { WorkLimits, ServiceRuntime } from '../runtime/runtime.ts'
import type { JobHandler } from '../service.ts'
import { jobDuration } from '../telemetry/metrics.ts'
import { withRemoteParent, withSpan } from '../telemetry/tracing.ts'
import { failureFields } from '../events/describe-failure.ts'
import { untilAborted } from '../events/handle-event.ts'
import type { ClaimedJob } from './job-queue.ts'

/** Calls the handler under its deadline. Rejects as the handler does, or at the deadline, or when `stopping` aborts. */
export async function runJob(runtime: ServiceRuntime, handler: JobHandler, job: ClaimedJob, stopping: AbortSignal): Promise<void> {
  const { success, data } = handler.payload.safeParse(job.payload)
  if (!success) throw new Error(`The payload of ${job.name} breaks its schema.`)
  const work = limitsOf(runtime, handler, stopping, { job: job.name, jobId: job.id, correlationId: job.origin.correlationId })
  // The kit bound context and payload to this handler (service.ts); in the table of jobs they are erased.
  const run = () => handler.handle(runtime.ctx(job.origin, work) as never, data as never)
  await withRemoteParent(job.origin.trace, () => timed(handler, work.signal, run))
}

const GIVE_UP_MS = 10_000

/** Lets a job that is not tried again say so. What fails then is logged: the job is given up all the same. */
export async function giveUp(runtime: ServiceRuntime, handler: JobHandler, job: ClaimedJob, stopping: AbortSignal): Promise<void> {
  const { success, data } = handler.payload.safeParse(job.payload)
  if (!handler.giveUp || !success) return
  const work = limitsOf(runtime, { ...handler, timeoutMs: GIVE_UP_MS }, stopping, { job: job.name, jobId: job.id, correlationId: job.origin.correlationId })
  try {
    // As in runJob.
    await untilAborted(work.signal, handler.giveUp(runtime.ctx(job.origin, work) as never, data as never))
  } catch (error) {
    work.log.error(failureFields(error), 'what waits for a job that was given up was not told')
  }
}

/** Runs a scheduled job outside of any organisation. */
export async function runScheduled(runtime: ServiceRuntime, handler: JobHandler, stopping: AbortSignal): Promise<void> {
  const work = limitsOf(runtime, handler, stopping, { job: handler.name })
  await timed(handler, work.signal, () => handler.handle(runtime.publicCtx(work) as never, undefined as never))
}

function limitsOf(runtime: ServiceRuntime, handler: JobHandler, stopping: AbortSignal, fields: Record<string, string>): WorkLimits {
  return {
    signal: AbortSignal.any([stopping, AbortSignal.timeout(handler.timeoutMs)]),
    dueAtMs: performance.now() + handler.timeoutMs,
    log: runtime.log.child(fields),
  }
}

async function timed(handler: JobHandler, signal: AbortSignal, run: () => Promise<void>): Promise<void> {
  const stopTimer = jobDuration.startTimer({ job: handler.name })
  try {
    await withSpan(handler.name, {}, () => untilAborted(signal, run()))
    stopTimer({ outcome: 'done' })
  } catch (error) {
    stopTimer({ outcome: 'failed' })
    throw error
  }
}
