import { rm } from 'node:fs/promises'
import type { RealServer } from './real-server.ts'
import { runProcess, type ProcessSpec, type RunningProcess } from './run-process.ts'

const START_ATTEMPTS = 10
const START_PAUSE_MS = 500

/** A server of one or more processes, started in order and ended in reverse, with its directory. */
export async function serve(url: string, directory: string, specs: readonly ProcessSpec[]): Promise<RealServer> {
  let running: RunningProcess[] = []
  const end = async (how: 'stop' | 'kill') => {
    for (const process of running.toReversed()) await process[how]()
    running = []
  }
  const start = async () => {
    try {
      for (const spec of specs) running.push(await runProcess(spec))
    } catch (error) {
      await end('kill')
      throw error
    }
  }
  await start()
  return {
    url,
    isOurs: true,
    async stop() {
      await end('stop')
      await rm(directory, { recursive: true, force: true })
    },
    kill: () => end('kill'),
    async restart() {
      await end('stop')
      // After kill -9 the processes of a server end one by one: until the last of them is gone the next refuses to start.
      for (let attempt = 1; attempt < START_ATTEMPTS; attempt++) {
        try {
          return await start()
        } catch {
          await new Promise((resolve) => setTimeout(resolve, START_PAUSE_MS))
        }
      }
      await start()
    },
  }
}
