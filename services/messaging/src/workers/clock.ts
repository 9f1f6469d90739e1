import type { Worker } from 'node:worker_threads'

export interface Clock {
  stop(): void
}

/** How many times the wall a thread may take that does not get the processor. */
const MAX_WALLS = 5
/** Below this share of the wall in processor time, the machine was slow and not the task. */
const STARVED_SHARE = 0.75

/**
 * Calls `expire` once, after `wallMs`; up to five times as late for a thread that was starved: on a busy machine an
 * honest large mail would else be given up. What is stuck in its own work has used its time and expires at once.
 */
export function startClock(worker: Worker, wallMs: number, expire: () => void): Clock {
  let isRunning = true
  const atStart = cpuMs(worker)
  const finish = (): void => {
    if (!isRunning) return
    stop()
    expire()
  }
  const look = setInterval(async () => {
    const [before, now] = await Promise.all([atStart, cpuMs(worker)])
    if (before === null || now === null || now - before >= STARVED_SHARE * wallMs) finish()
  }, wallMs)
  // A thread inside native code does not answer the question above.
  const end = setTimeout(finish, MAX_WALLS * wallMs)
  const stop = (): void => {
    isRunning = false
    clearInterval(look)
    clearTimeout(end)
  }
  return { stop }
}

/** Null where this Node cannot tell (before 24.6), or the thread has ended. */
async function cpuMs(worker: Worker): Promise<number | null> {
  if (!('cpuUsage' in worker)) return null
  try {
    const { user, system } = await worker.cpuUsage()
    return (user + system) / 1000
  } catch {
    // ERR_WORKER_NOT_RUNNING: whoever waits for it hears of its end by itself.
    return null
  }
}
