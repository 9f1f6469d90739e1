const BASE_MS = 500
const CAP_MS = 15_000

/** Full jitter, so that a restarted server is not met by everybody at once. The first try comes soon. */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 10))
  return 100 + Math.floor(random() * ceiling)
}
