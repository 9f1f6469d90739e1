import { createServer, type ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Stoppable } from '../adapters.ts'
import { collectProcessMetrics, metrics } from './metrics.ts'
import { createReadiness } from './readiness.ts'

const HEARTBEAT_MS = 500
const STALLED_AFTER_MS = 5_000

export interface OperationsServer extends Stoppable {
  /** The port it listens on; another one than asked for when 0 was asked for. */
  readonly port: number
  /** All services are up: /startupz turns green. */
  markStarted(): void
  /** /readyz turns red and stays so: nobody sends new work here. */
  drain(): void
}

/**
 * Probes and metrics on a port of their own, outside of rate limits, shedding and authentication; not for the
 * public. `isDatabaseReachable` is the only dependency that makes a process unready: Redis, RabbitMQ or a
 * model that is away only degrades, else all replicas would leave at once.
 */
export async function startOperationsServer(options: {
  port: number
  host: string
  isDatabaseReachable: () => Promise<boolean>
  log: Logger
}): Promise<OperationsServer> {
  collectProcessMetrics()
  const readiness = createReadiness(options.isDatabaseReachable)
  const heart = watchEventLoop()
  let isStarted = false
  const probes: Readonly<Record<string, () => Promise<boolean>>> = {
    '/livez': async () => heart.isBeating(),
    '/readyz': async () => isStarted && (await readiness.isReady()),
    '/startupz': async () => isStarted,
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const probe = probes[path]
    const answering = probe ? answerProbe(response, probe) : path === '/metrics' ? answerMetrics(response) : answer(response, 404, 'not found')
    answering.catch((error: unknown) => {
      options.log.error({ path, err: error }, 'an operations request failed')
      response.destroy()
    })
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : options.port)
    })
  })
  return {
    port,
    markStarted() {
      isStarted = true
    },
    drain: () => readiness.drain(),
    async stop() {
      heart.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(response: ServerResponse, status: number, body: string, contentType = 'text/plain; charset=utf-8'): Promise<void> {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body)
}

async function answerProbe(response: ServerResponse, probe: () => Promise<boolean>): Promise<void> {
  await ((await probe()) ? answer(response, 200, 'ok') : answer(response, 503, 'no'))
}

async function answerMetrics(response: ServerResponse): Promise<void> {
  await answer(response, 200, await metrics.metrics(), metrics.contentType)
}

/** A timer that has not come for five seconds means that the loop does not turn, whatever else still answers. */
function watchEventLoop() {
  let beatAt = performance.now()
  const timer = setInterval(() => (beatAt = performance.now()), HEARTBEAT_MS).unref()
  return { isBeating: () => performance.now() - beatAt < STALLED_AFTER_MS, stop: () => clearInterval(timer) }
}
