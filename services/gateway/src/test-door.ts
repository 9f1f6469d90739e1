import { createApp, createMemoryAdapters, mountService, readConfig, type Adapters, type Route, type ServiceHost } from '@ai-crm/platform'
import { createBareRuntime, createTestTokens, silentLog, type TestTokens } from '@ai-crm/testing/http'
import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { config } from './config.ts'
import { openDoor } from './open-door.ts'

/** For tests: a gateway without services of its own, before the given ones in other applications. */
export interface TestDoor {
  readonly app: FastifyInstance
  readonly tokens: TestTokens
  /** Listening, as a browser would find it. */
  readonly url: string
}

export interface DoorOptions {
  readonly upstreams?: ServiceHost['upstreams']
  readonly environment?: Readonly<Record<string, string>>
  readonly rateLimiter?: Adapters['rateLimiter']
  readonly tokens?: TestTokens
  /** What a request waits for before it is forwarded: a limit that is asked for, a body that arrives. */
  readonly waitsMs?: number
}

export async function openTestDoor(options: DoorOptions = {}): Promise<TestDoor> {
  const tokens = options.tokens ?? (await createTestTokens())
  const app = createApp({ log: silentLog })
  const volatile = createMemoryAdapters(silentLog)
  const host: ServiceHost = {
    processId: crypto.randomUUID(),
    app,
    localServices: new Set(['gateway']),
    upstreams: options.upstreams ?? {},
    allowedOrigins: [],
    trustedProxyHops: 0,
    // The gateway uses neither bus nor cache by itself.
    adapters: { ...volatile, bus: undefined as never, rateLimiter: options.rateLimiter ?? volatile.rateLimiter },
    verifier: tokens.verifier,
    redisUrl: null,
  }
  const ctx = {
    ...createBareRuntime([]).publicCtx({ signal: new AbortController().signal, log: silentLog }),
    config: readConfig(config, options.environment ?? {}),
  }
  const door = await openDoor(ctx as never, host)
  const { waitsMs } = options
  if (waitsMs) app.addHook('preHandler', () => new Promise((resolve) => setTimeout(resolve, waitsMs)))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    await closeNow(app)
    await door.stop()
  })
  return { app, tokens, url }
}

/** A service in an application of its own, listening. */
export async function startTestUpstream(routes: readonly Route[], tokens: TestTokens, port = 0): Promise<{ app: FastifyInstance; url: string }> {
  const app = createApp({ log: silentLog, trustedProxyHops: 1 })
  mountService(app, { runtime: createBareRuntime(routes), verifier: tokens.verifier })
  const url = await app.listen({ port, host: '127.0.0.1' })
  onTestFinished(() => closeNow(app))
  return { app, url }
}

/** A client that has not read an answer to its end would hold up an orderly close. */
async function closeNow(app: FastifyInstance): Promise<void> {
  app.server.closeAllConnections()
  await app.close()
}
