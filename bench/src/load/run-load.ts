import { Pool } from 'undici'

export interface LoadRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface LoadResult {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly errors: number
}

export interface LoadPlan {
  readonly url: string
  readonly token: string
  readonly concurrency: number
  readonly seconds: number
  /** The nth request. */
  next(n: number): LoadRequest
}

/** Closed loop: as many requests in flight as the concurrency, each worker asking again as soon as it is answered. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const pool = new Pool(plan.url, { connections: plan.concurrency, pipelining: 1 })
  const times: number[] = []
  let errors = 0
  let sent = 0
  const startedAt = performance.now()
  const endsAt = startedAt + plan.seconds * 1000
  const worker = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const { method, path, headers, body } = plan.next(sent++)
      const askedAt = performance.now()
      const answer = await pool.request({
        method,
        path,
        body: body ?? null,
        headers: { authorization: `Bearer ${plan.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      })
      await answer.body.dump({ limit: 10_000_000 })
      times.push(performance.now() - askedAt)
      if (answer.statusCode >= 300) errors++
    }
  }
  await Promise.all(Array.from({ length: plan.concurrency }, worker))
  const elapsedSeconds = (performance.now() - startedAt) / 1000
  await pool.close()
  const sorted = times.toSorted((a, b) => a - b)
  const quantile = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { requestsPerSecond: times.length / elapsedSeconds, p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99), errors }
}
