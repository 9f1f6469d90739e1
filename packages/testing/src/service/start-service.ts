import { eventsByService, type Actor, type Envelope, type PendingEvent } from '@ai-crm/contracts'
import {
  connectRedisAdapters,
  createInProcessBus,
  createMemoryAdapters,
  serviceDatabaseUrl,
  startProcess,
  subscriptionOf,
  withSearching,
  type Ctx,
  type Database,
  type OpenedService,
  type RunningProcess,
  type ServiceDefinition,
} from '@ai-crm/platform'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll } from 'vitest'
import { createTestDatabase } from '../database/database.ts'
import { createAgent } from './agent.ts'
import { readEmitted, settle } from './observe.ts'
import { subjectOf } from './sign-in-as.ts'
import { createTestKeys } from './test-keys.ts'
import { rememberService, type TestService, type TestServiceOptions } from './test-service.ts'

const SYSTEM: Actor = { type: 'system', id: null }

/** One service as in production, on a database of its own, with the adapters of a single process; HTTP by inject. */
export async function startService(definition: ServiceDefinition, options: TestServiceOptions = {}): Promise<TestService> {
  const database = options.database ?? (await createTestDatabase())
  const keys = await createTestKeys()
  const log = options.log ?? pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' })
  const plain = [definition, ...(options.together ?? [])]
  const services = options.search ? plain.map(withSearching) : plain
  const carriers = options.redisUrl ? await connectRedisAdapters(options.redisUrl, log) : createMemoryAdapters(log)
  const bus = createInProcessBus()
  const running = await startProcess({
    services,
    subscriptions: services.map(subscriptionOf),
    environment: options.environment ?? {},
    adapters: { ...carriers, bus, ...(options.search ? { search: options.search } : {}) },
    ...(options.secrets ?? { masterSecret: database.cluster.masterSecret }),
    log,
    upstreams: {},
    redisUrl: options.redisUrl ?? null,
    allowedOrigins: [],
    trustedProxyHops: 0,
    databaseLogin: (service, role) => serviceDatabaseUrl(database.databaseUrl, service, role, database.cluster.masterSecret),
    extraKeys: keys.jwks,
    validateResponses: true,
  })
  const logs = new Map<string, Promise<Database>>()
  /** The log of the service that owns the event; tests have events of their own, in the log of the first service. */
  const logOf = async (eventType: string): Promise<Database> => {
    const owner = services.find(({ name }) => eventsByService[name]?.some(({ type }) => type === eventType)) ?? definition
    const opened = logs.get(owner.name) ?? database.open(owner.name, 'relay')
    logs.set(owner.name, opened)
    return opened
  }
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
  const started: TestService = {
    app: running.app,
    database,
    async signIn(who = {}) {
      const subject = subjectOf(who)
      return createAgent(running.app, { ...subject, token: (await keys.sign(subject)).token })
    },
    emitted: async (event, organizationId) => readEmitted(await logOf(event.type), event, organizationId),
    async deliver(event, meta) {
      const envelope = envelopeOf(event, meta)
      await service.deliver(envelope)
      return envelope
    },
    settle: () => settle(database, services),
    ctx,
    publicCtx: () => service.runtime.publicCtx(limits),
    runtimes: new Map([...running.services].map(([name, { runtime }]) => [name, runtime] as const)),
    stop,
  }
  rememberService(started)
  return started
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
