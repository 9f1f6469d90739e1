/** Operations per second and latencies of one way to do one thing. */
export interface Measurement {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  /** Of this process: on a shared machine it moves less than the speed. */
  readonly cpuMicrosecondsEach: number
}

/** Closed loop: `concurrency` callers, each starts again when it is answered. Errors end the measurement. */
export async function measure(operation: () => Promise<unknown>, concurrency: number, durationMs: number): Promise<Measurement> {
  const latencies: number[] = []
  const cpuBefore = process.cpuUsage()
  const end = performance.now() + durationMs
  const caller = async (): Promise<void> => {
    for (;;) {
      const start = performance.now()
      if (start >= end) return
      await operation()
      latencies.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, caller))
  const { user, system } = process.cpuUsage(cpuBefore)
  latencies.sort((left, right) => left - right)
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0
  return { perSecond: (latencies.length * 1000) / durationMs, p50Ms: at(0.5), p95Ms: at(0.95), cpuMicrosecondsEach: (user + system) / latencies.length }
}

/** The run in the middle, by speed. */
export function median(runs: readonly Measurement[]): Measurement {
  const sorted = runs.toSorted((left, right) => left.perSecond - right.perSecond)
  return sorted[Math.floor(sorted.length / 2)] ?? { perSecond: 0, p50Ms: 0, p95Ms: 0, cpuMicrosecondsEach: 0 }
}
