import { vi } from 'vitest'

/** Looks again and again until `look` throws nothing, and answers what it does. The limit is for what hangs: nobody knows how busy the machine is. */
export const eventually = <Result>(look: () => Result | Promise<Result>): Promise<Result> => vi.waitFor(look, { timeout: 30_000, interval: 20 })
