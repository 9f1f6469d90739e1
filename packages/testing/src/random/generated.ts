/**
 * How many generated histories hold a property, and which: few and always the same in the test command, so that a change is what turns it red; five
 * times as many and others each time by `npm run test:histories`. `HISTORY_SEED` brings back what that printed.
 */
export function generated(few: number): { readonly numRuns: number; readonly seed?: number } {
  const times = Number(process.env['HISTORIES'] ?? 1)
  const seed = process.env['HISTORY_SEED'] ?? (times === 1 ? '20261127' : undefined)
  return { numRuns: few * times, ...(seed === undefined ? {} : { seed: Number(seed) }) }
}
