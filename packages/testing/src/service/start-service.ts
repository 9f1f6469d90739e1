import type { Actor, Envelope, EventData, EventDefinition, PendingEvent } from '@ai-crm/contracts'
import {
  connectRedisAdapters,
  createInProcessBus,
  createMemoryAdapters,
  serviceDatabaseUrl,
  startProcess,
  subscriptionOf,
  type Ctx,
  type Database,
  type OpenedService,
  type PublicCtx,
  type RunningProcess,
  type ServiceDefinition,
} from '@ai-crm/platform'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/database.ts'
import { createAgent, type Agent } from './agent.ts'
import { readEmitted, settle } from './observe.ts'
import { subjectOf, type SignInAs } from './sign-in-as.ts'
import { createTestKeys } from './test-keys.ts'

export interface TestService {
  readonly app: FastifyInstance
  readonly database: TestDatabase
  /** Somebody signed in, of an organisation of their own unless told. */
  signIn(who?: SignInAs): Promise<Agent>
  /** What the service stored in its event log, oldest first. */
  emitted<Definition extends EventDefinition>(definition: Definition, organizationId?: string): Promise<readonly Envelope<EventData<Definition>>[]>
  /** Hands an event to the consumers as the bus would; resolves when they have committed or parked it. */
  deliver(event: PendingEvent, meta: { organizationId: string; actor?: Actor; id?: string; aggregateVersion?: number }): Promise<Envelope>
  /** Everything stored is published and every due job has run. */
  settle(): Promise<void>
  ctx(organizationId: string, actor?: Actor): Ctx
  publicCtx(): PublicCtx
  /** Ends before the file does: to look at what a restart finds. */
  stop(): Promise<void>
}

export interface TestServiceOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Other services in the same process and database, for what happens between them. */
  readonly together?: readonly ServiceDefinition[]
  /** A database that another `startService` of this file made: a restart or a second replica. */
  readonly database?: TestDatabase
  /** Cache, limits, fan-out and sockets shared over this Redis, as between replicas. */
  readonly redisUrl?: string
}

const SYSTEM: Actor = { type: 'system', id: null }

/** One service as in production, on a database of its own, with the adapters of a single process; HTTP by inject. */
export async function startService(definition: ServiceDefinition, options: TestServiceOptions = {}): Promise<TestService> {
  const database = options.database ?? (await createTestDatabase())
  const keys = await createTestKeys()
  const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })
  const services = [definition, ...(options.together ?? [])]
  const carriers = options.redisUrl ? await connectRedisAdapters(options.redisUrl, log) : createMemoryAdapters(log)
  const bus = createInProcessBus()
  const running = await startProcess({
    services,
    subscriptions: services.map(subscriptionOf),
    environment: options.environment ?? {},
    adapters: { ...carriers, bus },
    masterSecret: database.cluster.masterSecret,
    log,
    upstreams: {},
    redisUrl: options.redisUrl ?? null,
    allowedOrigins: [],
    trustedProxyHops: 0,
    databaseLogin: (service, role) => serviceDatabaseUrl(database.databaseUrl, service, role, database.cluster.masterSecret),
    extraKeys: keys.jwks,
    validateResponses: true,
  })
  let relay: Promise<Database> | null = null
  let stopping: Promise<void> | null = null
  const stop = () =>
    (stopping ??= running
      .stop()
      .then(() => bus.close())
      .then(() => carriers.close()))
  afterAll(stop)

  const service = serviceOf(running, definition)
  const limits = { signal: new AbortController().signal, log: service.runtime.log }
  const ctx = (organizationId: string, actor: Actor = SYSTEM): Ctx =>
    service.runtime.ctx({ organizationId, actor, correlationId: crypto.randomUUID(), causationId: null, depth: 0, trace: null }, limits)
  return {
    app: running.app,
    database,
    async signIn(who = {}) {
      const subject = subjectOf(who)
      return createAgent(running.app, { ...subject, token: (await keys.sign(subject)).token })
    },
    emitted: async (event, organizationId) => readEmitted(await (relay ??= database.open(definition.name, 'relay')), event, organizationId),
    async deliver(event, meta) {
      const envelope = envelopeOf(event, meta)
      await service.deliver(envelope)
      return envelope
    },
    settle: () => settle(database, services),
    ctx,
    publicCtx: () => service.runtime.publicCtx(limits),
    stop,
  }
}

function serviceOf(running: RunningProcess, definition: ServiceDefinition): OpenedService {
  const service = running.services.get(definition.name)
  if (!service) throw new Error(`${definition.name} is not running.`)
  return service
}

function envelopeOf(event: PendingEvent, meta: Parameters<TestService['deliver']>[1]): Envelope {
  return {
    id: meta.id ?? uuidV7(),
    type: event.type,
    version: event.version,
    organizationId: meta.organizationId,
    aggregate: { type: event.aggregateType, id: event.aggregateId, version: meta.aggregateVersion ?? 1 },
    actor: meta.actor ?? SYSTEM,
    occurredAt: new Date().toISOString(),
    correlationId: crypto.randomUUID(),
    causationId: null,
    depth: 0,
    trace: null,
    data: event.data,
  }
}
