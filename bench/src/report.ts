import type { Limit } from './limit/measure-limit.ts'
import type { LoadResult } from './load/run-load.ts'
import type { Workload } from './workloads/workload.ts'

export interface Measured {
  readonly workload: Workload
  readonly load: LoadResult
  readonly serverCpuPercent: number
  readonly memoryMiB: number
  readonly limit: Limit
}

export interface MeasuredImport {
  readonly name: string
  readonly rows: number
  readonly importSeconds: number
  readonly serverCpuPercent: number
  readonly memoryMiB: number
  readonly limitSeconds: number
}

const IMPORT_TARGET_SECONDS = 8
/** Eight seconds beside the four and a half that PostgreSQL needed on the machine for which that was set. */
const IMPORT_TARGET_OF_LIMIT = 0.56

const COLUMNS = ['', 'workload', 'req/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'server CPU', 'RSS MiB', 'limit/s', 'of limit', 'of target']

/** A table in Markdown. */
export function report(results: readonly Measured[], imported: MeasuredImport | null): string {
  const rows = [COLUMNS, COLUMNS.map(() => '---'), ...results.map(toRow), ...(imported ? [importRow(imported)] : [])]
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function toRow({ workload, load, serverCpuPercent, memoryMiB, limit }: Measured): string[] {
  const rate = load.requestsPerSecond
  return [
    workload.name,
    workload.title,
    rate.toFixed(0),
    load.p50Ms.toFixed(1),
    load.p95Ms.toFixed(1),
    load.p99Ms.toFixed(1),
    String(load.errors),
    `${serverCpuPercent.toFixed(0)} %`,
    String(memoryMiB),
    `${limit.perSecond.toFixed(0)} (${limit.by})`,
    `${(rate / limit.perSecond).toFixed(2)} (target ${workload.targetOfLimit})`,
    `${(rate / workload.targetPerSecond).toFixed(2)} of ${workload.targetPerSecond}`,
  ]
}

/** Rows per second stand where requests do. */
const importRow = ({ name, rows, importSeconds, serverCpuPercent, memoryMiB, limitSeconds }: MeasuredImport): string[] => [
  name,
  `import ${rows} contacts from CSV: rows, events, dedupe`,
  `${(rows / importSeconds).toFixed(0)} rows`,
  '–',
  '–',
  '–',
  '0',
  `${serverCpuPercent.toFixed(0)} %`,
  String(memoryMiB),
  `${(rows / limitSeconds).toFixed(0)} rows (COPY, INSERT)`,
  `${(limitSeconds / importSeconds).toFixed(2)} (target ${IMPORT_TARGET_OF_LIMIT})`,
  `${importSeconds.toFixed(1)} s of ${IMPORT_TARGET_SECONDS} s`,
]
