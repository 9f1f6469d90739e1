import type { MailTasks } from './mail-worker.ts'
import { WorkerPool } from './worker-pool.ts'

/** One pool per process: parsing and sanitising share its threads and its bounds (reliability C2, C4). */
export const mailWorkers = new WorkerPool<MailTasks>({
  script: new URL('./mail-worker.ts', import.meta.url),
  size: 2,
  maxWaiting: 64,
  wallMs: 2_000,
  maxHeapMb: 512,
})
