import type { Actor, Envelope, EventData, EventDefinition, PendingEvent } from '@ai-crm/contracts'
import type { Ctx, MasterSecrets, PublicCtx, SearchIndex, ServiceDefinition, ServiceRuntime } from '@ai-crm/platform'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { TestDatabase } from '../database/database.ts'
import type { Agent } from './agent.ts'
import type { SignInAs } from './sign-in-as.ts'

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
  /** All that run together, by name. */
  readonly runtimes: ReadonlyMap<string, ServiceRuntime>
  /** Ends before the file does: to look at what a restart finds. */
  stop(): Promise<void>
}

export interface TestServiceOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Where the process logs; nowhere unless told (TEST_LOG_LEVEL). */
  readonly log?: Logger
  /** Other services in the same process and database, for what happens between them. */
  readonly together?: readonly ServiceDefinition[]
  /** A database that another `startService` of this file made: a restart or a second replica. */
  readonly database?: TestDatabase
  /** Cache, limits, fan-out and sockets shared over this Redis, as between replicas. */
  readonly redisUrl?: string
  /** That of the test cluster alone unless told. Roles of the database keep the passwords of the cluster's. */
  readonly secrets?: MasterSecrets
  /** An index beside the database, which whoever made it closes. */
  readonly search?: SearchIndex
}

const services = new WeakMap<FastifyInstance, TestService>()
export const rememberService = (service: TestService): void => void services.set(service.app, service)

/** The running test service that an application belongs to. */
export function serviceOfApp(app: FastifyInstance): TestService {
  const service = services.get(app)
  if (!service) throw new Error('This application was not started by startService.')
  return service
}
