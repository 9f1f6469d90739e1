/** Exponential delay with ±20 % jitter, so that many who failed together do not return together. */
export function backoffMs(attempt: number, firstMs: number, longestMs: number): number {
  return withJitter(Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 30)))
}

export const withJitter = (delayMs: number): number => Math.round(delayMs * (0.8 + 0.4 * Math.random()))
