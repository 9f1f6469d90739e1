import { Worker } from 'node:worker_threads'
import { startClock, type Clock } from './clock.ts'
import { TaskFailedError, TaskTimeoutError, ThreadStartError } from './errors.ts'

/** What a thread says: once `ready`, then one answer per task. */
export type ThreadReply = { kind: 'ready' } | { kind: 'done'; output: unknown } | { kind: 'failed'; reason: string }

export interface Task {
  readonly name: string
  readonly input: unknown
  resolve(output: unknown): void
  reject(error: Error): void
}

export interface ThreadOptions {
  /** Module that calls `serveTasks`. */
  script: URL
  /** A task that takes longer loses its thread and rejects with TaskTimeoutError; see clock.ts for busy machines. */
  wallMs: number
  maxHeapMb: number
}

/** Time a thread may take to load its modules: not charged to the task that it was started for. */
const START_MS = 20_000

/**
 * One worker thread and the task in it.
 * States: starting → idle ⇄ running → gone; starting → gone. A task ends with its thread at the latest.
 */
export class Thread {
  readonly #worker: Worker
  readonly #wallMs: number
  #task: Task | null = null
  #clock: Clock
  #startError: Error | null = new ThreadStartError('A thread did not start.')

  constructor({ script, wallMs, maxHeapMb }: ThreadOptions, listener: { idle(): void; gone(startError: Error | null): void }) {
    this.#wallMs = wallMs
    this.#worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } })
    const starting = setTimeout(() => void this.#worker.terminate(), START_MS)
    this.#clock = { stop: () => clearTimeout(starting) }
    this.#worker.on('message', (reply: ThreadReply) => {
      this.#startError = null
      this.#settle(reply)
      listener.idle()
    })
    this.#worker.on('error', (error: Error) => {
      if (this.#startError) this.#startError = new ThreadStartError('A thread did not start.', { cause: error })
      this.#end(new TaskFailedError(error.message))
    })
    this.#worker.on('exit', () => {
      this.#end(new TaskFailedError('the thread ended'))
      listener.gone(this.#startError)
    })
    this.#worker.unref()
  }

  run(task: Task): void {
    this.#task = task
    this.#worker.ref()
    this.#clock = startClock(this.#worker, this.#wallMs, () => {
      this.#end(new TaskTimeoutError(this.#wallMs))
      void this.#worker.terminate()
    })
    this.#worker.postMessage({ name: task.name, input: task.input })
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #settle(reply: ThreadReply): void {
    const task = this.#release()
    if (reply.kind === 'done') task?.resolve(reply.output)
    if (reply.kind === 'failed') task?.reject(new TaskFailedError(reply.reason))
  }

  #end(error: Error): void {
    this.#release()?.reject(error)
  }

  #release(): Task | null {
    this.#clock.stop()
    this.#worker.unref()
    const task = this.#task
    this.#task = null
    return task
  }
}
