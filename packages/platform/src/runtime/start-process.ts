import { API_PREFIX, authEndpoints, Jwks as JwksContract, type ServiceName } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Adapters, Subscription } from '../adapters.ts'
import type { ConnectionSettings } from '../db/connection-pool.ts'
import { askAuth } from '../flags/ask-auth.ts'
import { FlagStore } from '../flags/flag-store.ts'
import { createFlags, type ProcessFlags } from '../flags/flags.ts'
import { createApp } from '../http/create-app.ts'
import { mountService } from '../http/mount-service.ts'
import type { Jwks } from '../http/key-set.ts'
import { createServiceClient } from '../http/service-client.ts'
import { createServiceTokenVerifier } from '../http/service-tokens.ts'
import type { Certificate } from '../http/tls.ts'
import { createTokenVerifier } from '../http/tokens.ts'
import type { ServiceDefinition, ServiceHost } from '../service.ts'
import { openService, type OpenedService } from './open-service.ts'
import { deriveKey, deriveKeys, type MasterSecrets } from './secrets.ts'
import { stopAll } from './stop-all.ts'

/** What is brought to auth is stored there before it answers. */
const TO_AUTH_MS = 15_000

/** Everything a process is made of. The composition (embedded or networked) is the caller's choice. */
export interface ProcessParts extends MasterSecrets {
  /** The services that run here, in the order of SERVICE_NAMES. */
  readonly services: readonly ServiceDefinition[]
  /** What every service of the product consumes: their queues are declared whether they run here or not. */
  readonly subscriptions: readonly Subscription[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly adapters: Adapters
  readonly log: Logger
  readonly upstreams: ServiceHost['upstreams']
  readonly redisUrl: string | null
  readonly allowedOrigins: readonly string[]
  readonly trustedProxyHops: number
  /** Of the port that people and other services reach; null: plain HTTP. */
  readonly certificate?: Certificate | null
  /** How to log in as a role of a service. */
  databaseLogin(service: ServiceName, role: 'app' | 'relay'): ConnectionSettings
  /** Public keys of access tokens beside those of the auth service: for tests, which sign their own. */
  readonly extraKeys?: Jwks['keys']
  /** Check every answer against its contract: in tests. */
  readonly validateResponses?: boolean
}

export interface RunningProcess {
  /** With every local route; not listening yet. */
  readonly app: FastifyInstance
  readonly services: ReadonlyMap<ServiceName, OpenedService>
  /** Ports beside HTTP, by protocol. */
  readonly listensOn: Readonly<Record<string, number>>
  /** Lets go of new work, finishes what is in flight, closes everything that was opened here. */
  stop(): Promise<void>
}

/**
 * Starts the given services in this process, in the order in which a fault hurts least: databases, routes,
 * extensions (servers of their own), then events and jobs. Whatever was opened is closed when a step fails.
 */
export async function startProcess(parts: ProcessParts): Promise<RunningProcess> {
  const undo: (() => Promise<void>)[] = []
  const stop = () => stopAll(undo.splice(0).toReversed(), parts.log)
  try {
    const flagStore = new FlagStore({ ...parts.adapters, log: parts.log })
    const flags = await createFlags(flagStore)
    const services = await openServices(parts, flags, undo)
    const app = createApp({ log: parts.log, trustedProxyHops: parts.trustedProxyHops, certificate: parts.certificate ?? null })
    undo.push(() => app.close())
    const verifier = createTokenVerifier({ keys: keySource(parts, app), cache: parts.adapters.cache })
    const serviceTokens = createServiceTokenVerifier((purpose) => deriveKeys(parts, purpose))
    for (const { runtime } of services.values())
      mountService(app, {
        runtime,
        verifier,
        serviceTokens,
        allowedOrigins: parts.allowedOrigins,
        validateResponses: parts.validateResponses ?? false,
      })
    await parts.adapters.bus.declare(parts.subscriptions)
    const listensOn = await startExtensions(parts, services, { app, verifier }, undo)
    await app.ready()
    const calling = {
      app,
      log: parts.log,
      localServices: new Set(services.keys()),
      upstreams: parts.upstreams,
      deriveKey: (purpose: string) => deriveKey(parts.masterSecret, purpose),
    }
    const ask = askAuth(calling)
    if (ask) await flagStore.start(ask)
    undo.push(() => flags.stop())
    for (const service of services.values()) {
      const from = service.runtime.definition.name
      const work = await service.begin(createServiceClient({ ...calling, from, to: 'auth', timeoutMs: TO_AUTH_MS }))
      undo.push(() => work.stop())
    }
    return { app, services, listensOn, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openServices(parts: ProcessParts, flags: ProcessFlags, undo: (() => Promise<void>)[]): Promise<Map<ServiceName, OpenedService>> {
  const opened = await Promise.all(
    parts.services.map(async (definition) => {
      const service = await openService({ ...parts, flags, definition, databaseLogin: (role) => parts.databaseLogin(definition.name, role) })
      undo.push(() => service.close())
      return [definition.name, service] as const
    }),
  )
  return new Map(opened)
}

async function startExtensions(
  parts: ProcessParts,
  services: ReadonlyMap<ServiceName, OpenedService>,
  http: Pick<ServiceHost, 'app' | 'verifier'>,
  undo: (() => Promise<void>)[],
): Promise<Record<string, number>> {
  const listensOn: Record<string, number> = {}
  const stopping = new AbortController()
  undo.push(async () => stopping.abort())
  const host: ServiceHost = {
    ...http,
    processId: crypto.randomUUID(),
    localServices: new Set(services.keys()),
    upstreams: parts.upstreams,
    adapters: parts.adapters,
    redisUrl: parts.redisUrl,
    allowedOrigins: parts.allowedOrigins,
    trustedProxyHops: parts.trustedProxyHops,
  }
  for (const { runtime } of services.values())
    for (const extend of runtime.definition.extensions) {
      const ctx = runtime.publicCtx({ signal: stopping.signal, log: runtime.log })
      // The kit has bound the extension to this service's tables and configuration; the table erases them.
      const running = await extend(ctx as never, host)
      undo.push(() => running.stop())
      Object.assign(listensOn, running.listensOn)
    }
  return listensOn
}

/** The auth service's public keys: asked in this process where it runs here, else over HTTP. */
function keySource(parts: ProcessParts, app: FastifyInstance): () => Promise<Jwks> {
  const path = API_PREFIX + authEndpoints.getJwks.path
  const isLocal = parts.services.some((definition) => definition.name === 'auth')
  const [upstream] = parts.upstreams.auth ?? []
  const ask = async (): Promise<Jwks> => {
    if (isLocal) return JwksContract.parse((await app.inject({ method: 'GET', url: path })).json())
    if (!upstream) return { keys: [] }
    const response = await fetch(upstream + path, { signal: AbortSignal.timeout(5000) })
    return JwksContract.parse(await response.json())
  }
  const extra = parts.extraKeys
  return extra ? async () => ({ keys: [...(await ask()).keys, ...extra] }) : ask
}
