import type { RunningProgram } from '../system/start-program.ts'

const EVERY_MS = 200
/** As long as the orchestrator waits before it restarts the process. */
const LIVEZ_TIMEOUT_MS = 5_000

export interface Watched {
  readonly livezShare: number
  readonly maxMemoryMiB: number
}

/** Asks /livez all the time, as an orchestrator does, and looks at the memory of the process. */
export function watchProgram(program: RunningProgram, opsPort: number): { stop(): Promise<Watched> } {
  let [asked, answered, maxMemoryMiB] = [0, 0, 0]
  const look = async (): Promise<void> => {
    asked++
    maxMemoryMiB = Math.max(maxMemoryMiB, program.memoryMiB())
    const isAlive = await fetch(`http://127.0.0.1:${opsPort}/livez`, { signal: AbortSignal.timeout(LIVEZ_TIMEOUT_MS) }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isAlive) answered++
  }
  const looks: Promise<void>[] = []
  const timer = setInterval(() => looks.push(look()), EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(looks)
      return { livezShare: answered / asked, maxMemoryMiB }
    },
  }
}
