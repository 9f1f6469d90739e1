import { Pool } from 'undici'
import { percentile } from '../mail/percentiles.ts'
import type { LoadRequest } from './run-load.ts'

export interface OpenPlan {
  readonly url: string
  readonly perSecond: number
  readonly seconds: number
  /** The nth request, and whose it is. */
  next(n: number): LoadRequest & { readonly token: string; readonly who?: string }
}

export interface Answered {
  /** From the moment at which it was due, so that a stall of either side is not hidden by requests that were not sent meanwhile. */
  readonly ms: number
  /** Second of the run in which it was due. */
  readonly second: number
  readonly status: number
  readonly who: string
}

export interface OpenResult {
  readonly answers: readonly Answered[]
  readonly sent: number
  /** No answer at all: refused or broken connections, 15 s of silence. */
  readonly failed: number
  /** 99th percentile of how late the generator itself was: where it is not small, the machine was too full to measure. */
  readonly generatorLagMs: number
}

/** Below the 1,000 that one address may hold. */
const CONNECTIONS = 900
const PATIENCE_MS = 15_000
const TICK_MS = 1

/** Open loop: requests leave at their time, whether others were answered or not, as those of many people do. */
export async function runOpenLoad(plan: OpenPlan): Promise<OpenResult> {
  const pool = new Pool(plan.url, { connections: CONNECTIONS, pipelining: 1, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS })
  const answers: Answered[] = []
  const lags: number[] = []
  const running = new Set<Promise<void>>()
  let failed = 0
  const startedAt = performance.now()
  const send = async (n: number): Promise<void> => {
    const dueAt = startedAt + (n * 1000) / plan.perSecond
    lags.push(performance.now() - dueAt)
    const { method, path, headers, body, token, who = '' } = plan.next(n)
    try {
      const answer = await pool.request({
        method,
        path,
        body: body ?? null,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      })
      await answer.body.dump({ limit: 10_000_000 })
      answers.push({ ms: performance.now() - dueAt, second: Math.floor((dueAt - startedAt) / 1000), status: answer.statusCode, who })
    } catch {
      failed++
    }
  }
  const total = Math.floor(plan.perSecond * plan.seconds)
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * plan.perSecond))
    while (sent < due) {
      const request = send(sent++)
      running.add(request)
      void request.finally(() => running.delete(request))
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  await Promise.all(running)
  await pool.destroy()
  return { answers, sent: total, failed, generatorLagMs: percentile(lags, 0.99) }
}

export const isAccepted = ({ status }: Answered): boolean => status < 300
export const isRefused = ({ status }: Answered): boolean => status === 503 || status === 429
export const p99Of = (answers: readonly Answered[]): number =>
  percentile(
    answers.map(({ ms }) => ms),
    0.99,
  )
