import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import { movableMemory } from './movable-memory.ts'
import type { ThreadReply } from './thread.ts'

const Request = z.object({ name: z.string(), input: z.unknown() })

/** The other end of WorkerPool: runs one task at a time in this thread. */
export function serveTasks(tasks: Record<string, (input: never) => unknown>): void {
  const port = parentPort
  if (!port) throw new Error('serveTasks runs in a worker thread only.')
  const reply = (message: ThreadReply): void => port.postMessage(message)

  port.on('message', async (message: unknown) => {
    try {
      const { name, input } = Request.parse(message)
      const task = tasks[name]
      if (!task) throw new Error(`no task "${name}"`)
      // WorkerPool.run checked the input against this task's parameter: the message channel erased the type.
      // oxlint-disable-next-line consistent-type-assertions
      const output: unknown = await task(input as never)
      port.postMessage({ kind: 'done', output } satisfies ThreadReply, movableMemory(output))
    } catch (error) {
      reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  })
  reply({ kind: 'ready' })
}
