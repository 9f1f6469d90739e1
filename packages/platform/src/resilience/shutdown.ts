import type { Logger } from 'pino'

const HARD_LIMIT_MS = 30_000
const SECOND_SIGNAL_EXIT_CODE = 130
/** A Ctrl-C reaches us twice below `npm start`: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 1_000

/**
 * Leaves in order: stop being asked, stop taking work, finish, flush, close, exit 0. A step that fails or is too
 * slow is logged and passed over; after 30 s the process ends whatever still runs; a second signal, a second later or
 * more, ends it at once.
 */
export interface Shutdown {
  /** Steps run one after the other in the order in which they were added. */
  step(name: string, limitMs: number, work: () => Promise<void> | void): void
  /** Runs the steps once and exits; further calls join the first. */
  run(reason: string): Promise<void>
  /** SIGTERM and SIGINT start it. */
  listen(): void
}

interface Step {
  readonly name: string
  readonly limitMs: number
  readonly work: () => Promise<void> | void
}

export function createShutdown(log: Logger, exit: (code: number) => void = (code) => process.exit(code)): Shutdown {
  const steps: Step[] = []
  let leaving: Promise<void> | null = null
  let signalledAt = Number.POSITIVE_INFINITY

  const leave = async (reason: string): Promise<void> => {
    log.info({ reason }, 'shutting down')
    const hardLimit = setTimeout(() => {
      log.error('shutdown took too long')
      exit(1)
    }, HARD_LIMIT_MS)
    for (const step of steps) await runStep(step, log)
    clearTimeout(hardLimit)
    log.info('stopped')
    exit(0)
  }
  const run = (reason: string) => (leaving ??= leave(reason))
  const receive = (signal: NodeJS.Signals) => {
    if (performance.now() - signalledAt >= SAME_SIGNAL_MS) exit(SECOND_SIGNAL_EXIT_CODE)
    signalledAt = Math.min(signalledAt, performance.now())
    void run(signal)
  }
  return {
    step: (name, limitMs, work) => void steps.push({ name, limitMs, work }),
    run,
    listen() {
      process.on('SIGTERM', receive)
      process.on('SIGINT', receive)
    },
  }
}

async function runStep({ name, limitMs, work }: Step, log: Logger): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`took more than ${limitMs} ms`)), limitMs)
  try {
    await Promise.race([Promise.resolve().then(work), late.promise])
  } catch (error) {
    log.warn({ step: name, err: error }, 'a shutdown step failed; going on')
  } finally {
    clearTimeout(timer)
  }
}
