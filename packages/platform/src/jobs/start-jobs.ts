import type { Stoppable } from '../adapters.ts'
import type { RelayConnection } from '../events/relay-connection.ts'
import type { ServiceRuntime } from '../runtime/runtime.ts'
import type { JobHandler } from '../service.ts'
import { JobRunner } from './job-runner.ts'
import { retentionJob } from './retention-job.ts'
import { ScheduleRunner } from './schedule-runner.ts'

export interface JobsOptions {
  readonly runtime: ServiceRuntime
  readonly connection: RelayConnection
  /** Jobs of the platform's in this service, beside those of the service. */
  readonly own?: readonly JobHandler[]
}
export interface RunningJobs extends Stoppable {
  /** After a commit that enqueued jobs. Cheap; may be called for each of them. */
  wake(): void
}

/**
 * Runs the jobs and schedules of a service. `stop` takes no more and waits up to 20 s for those at work; what is
 * not done by then is aborted and tried again by whoever runs next.
 */
export function startJobs({ runtime, connection, own = [] }: JobsOptions): RunningJobs {
  const { retention } = runtime.definition
  const jobs = [...runtime.definition.jobs, ...own]
  const runner = new JobRunner(
    runtime,
    connection,
    jobs.filter((job) => job.schedule === undefined),
  )
  const schedules = new ScheduleRunner(runtime, connection, [...jobs.filter((job) => job.schedule !== undefined), retentionJob(connection, retention)])
  runner.start()
  schedules.start()
  return {
    wake: () => runner.wake(),
    async stop() {
      await Promise.all([runner.stop(), schedules.stop()])
    },
  }
}
