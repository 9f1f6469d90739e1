import { BusyError } from './errors.ts'
import { Thread, type Task, type ThreadOptions } from './thread.ts'

export interface WorkerPoolOptions extends ThreadOptions {
  size: number
  /** Tasks that wait beyond those that run; one more is refused with BusyError. */
  maxWaiting: number
}

type AnyTasks = Record<string, (input: never) => unknown>

/**
 * Runs heavy work on untrusted input off the event loop. Threads start with the first task and do not keep the
 * process alive while idle. A thread that dies or is too slow fails its own task only.
 */
export class WorkerPool<Tasks extends AnyTasks> {
  readonly #options: WorkerPoolOptions
  readonly #waiting: Task[] = []
  readonly #idle: Thread[] = []
  readonly #all = new Set<Thread>()

  constructor(options: WorkerPoolOptions) {
    this.#options = options
  }

  /** Rejects with BusyError, ThreadStartError, TaskTimeoutError or TaskFailedError (with the message of what the task threw). */
  run<Name extends keyof Tasks & string>(name: Name, input: Parameters<Tasks[Name]>[0]): Promise<Awaited<ReturnType<Tasks[Name]>>> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#options.maxWaiting) return reject(new BusyError())
      // The thread answers with what the task of this name returns: the message channel erases the type.
      // oxlint-disable-next-line consistent-type-assertions
      this.#waiting.push({ name, input, resolve: resolve as Task['resolve'], reject })
      this.#next()
    })
  }

  /** Stops every thread; tasks that wait or run are rejected. */
  async close(): Promise<void> {
    for (const task of this.#waiting.splice(0)) task.reject(new BusyError())
    await Promise.all([...this.#all].map((thread) => thread.stop()))
  }

  #next(): void {
    const thread = this.#waiting.length > 0 ? this.#idle.pop() : undefined
    const task = thread && this.#waiting.shift()
    if (task) thread.run(task)
    else if (this.#waiting.length > 0 && this.#all.size < this.#options.size) this.#spawn()
  }

  #spawn(): void {
    const thread: Thread = new Thread(this.#options, {
      idle: () => {
        this.#idle.push(thread)
        this.#next()
      },
      gone: (startError) => {
        this.#all.delete(thread)
        if (this.#idle.includes(thread)) this.#idle.splice(this.#idle.indexOf(thread), 1)
        // Started again and again it would never come to the task: that one fails instead.
        if (startError) this.#waiting.shift()?.reject(startError)
        this.#next()
      },
    })
    this.#all.add(thread)
  }
}
