/** Too much waits already: the caller answers "later". */
export class BusyError extends Error {
  override readonly name = 'BusyError'
  constructor() {
    super('Too much mail is being read at once.')
  }
}

/** The wall clock ran out; the thread was killed. */
export class TaskTimeoutError extends Error {
  override readonly name = 'TaskTimeoutError'
  constructor(wallMs: number) {
    super(`Reading took longer than ${wallMs} ms.`)
  }
}

/** No thread could be started (out of memory, a module is missing): our fault, not the mail's. */
export class ThreadStartError extends Error {
  override readonly name = 'ThreadStartError'
}

/** The task threw, or its thread died (out of memory). */
export class TaskFailedError extends Error {
  override readonly name = 'TaskFailedError'
}
