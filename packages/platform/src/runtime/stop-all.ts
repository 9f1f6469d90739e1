import type { Logger } from 'pino'

/** Runs every step in order; one that fails is logged and does not keep the others from running. */
export async function stopAll(steps: readonly (() => Promise<void>)[], log: Logger): Promise<void> {
  for (const step of steps) await step().catch((error: unknown) => log.warn({ err: error }, 'a part did not stop cleanly'))
}
