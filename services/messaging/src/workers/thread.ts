import { Worker } from 'node:worker_threads'
import { TaskFailedError, TaskTimeoutError } from './errors.ts'

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
  /** A task that takes longer loses its thread and rejects with TaskTimeoutError. */
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
  readonly #options: ThreadOptions
  #task: Task | null = null
  #timer: NodeJS.Timeout
  #startError: Error | null = null

  constructor(options: ThreadOptions, listener: { idle(): void; gone(startError: Error | null): void }) {
    this.#options = options
    this.#worker = new Worker(options.script, { resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMb } })
    this.#startError = new TaskFailedError('the thread did not start')
    this.#timer = setTimeout(() => void this.#worker.terminate(), START_MS)
    this.#worker.on('message', (reply: ThreadReply) => {
      this.#startError = null
      this.#settle(reply)
      listener.idle()
    })
    this.#worker.on('error', (error: Error) => {
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
    this.#timer = setTimeout(() => {
      this.#end(new TaskTimeoutError(this.#options.wallMs))
      void this.#worker.terminate()
    }, this.#options.wallMs)
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
    clearTimeout(this.#timer)
    this.#worker.unref()
    const task = this.#task
    this.#task = null
    return task
  }
}
