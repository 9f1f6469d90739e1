import type { LoadResult } from './load/run-load.ts'
import type { Workload } from './workloads/workload.ts'

export interface Measured {
  readonly workload: Workload
  readonly load: LoadResult
  readonly serverCpuPercent: number
  readonly memoryMiB: number
  /** Transactions per second of PostgreSQL alone, or null where pgbench is not installed. */
  readonly limitPerSecond: number | null
}

const COLUMNS = ['', 'workload', 'req/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'server CPU', 'RSS MiB', 'limit/s', 'of limit', 'of target']

/** A table in Markdown. */
export function report(results: readonly Measured[]): string {
  const rows = [COLUMNS, COLUMNS.map(() => '---'), ...results.map(toRow)]
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function toRow({ workload, load, serverCpuPercent, memoryMiB, limitPerSecond }: Measured): string[] {
  const rate = load.requestsPerSecond
  return [
    workload.name, workload.title, rate.toFixed(0), load.p50Ms.toFixed(1), load.p95Ms.toFixed(1), load.p99Ms.toFixed(1), String(load.errors),
    `${serverCpuPercent.toFixed(0)} %`, String(memoryMiB),
    limitPerSecond === null ? 'no pgbench' : limitPerSecond.toFixed(0),
    limitPerSecond === null ? '–' : (rate / limitPerSecond).toFixed(2),
    `${(rate / workload.targetPerSecond).toFixed(2)} of ${workload.targetPerSecond}`,
  ]
}
