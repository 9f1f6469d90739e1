import type {
  Access,
  Endpoint,
  EndpointInput,
  EndpointResponse,
  Envelope,
  EventData,
  EventDefinition,
  FieldRules,
  FlagKey,
  ServiceName,
} from '@ai-crm/contracts'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { Adapters, Stoppable } from './adapters.ts'
import type { ConfigSpec } from './config.ts'
import type { Ctx, PublicCtx } from './context.ts'
import type { Consumer, ConsumerScope } from './events/consumer.ts'
import type { ServiceCaller } from './http/service-tokens.ts'
import type { Principal, TokenVerifier } from './http/tokens.ts'
import type { Sweep } from './jobs/sweep.ts'
import type { Job } from './jobs/job.ts'
import { answerConsumers } from './sagas/hear-answers.ts'
import { erasureParts } from './erasure/erasure-parts.ts'
import type { Erasure } from './erasure/erasure.ts'
import type { ErasedPeople } from './person/erased-people.ts'
import type { PersonData } from './person/person-data.ts'
import { personParts } from './person/person-parts.ts'
import type { Fold, Projection } from './projections/projection.ts'
import { exportConsumer } from './exporting/hear-export.ts'
import type { Exporting } from './exporting/exporting.ts'
import type { SagaDefinition } from './sagas/saga.ts'
import type { SealedColumn } from './secrets/sealed-column.ts'
import { searchingKit, type Searching } from './search/searching.ts'
import { sagaKit } from './sagas/saga-kit.ts'

/** What of HTTP a handler may need beyond its parsed input. Most need nothing. */
export interface HttpExchange {
  /** The version that If-Match names. Present where the endpoint declares `if-match`, else 0. */
  readonly expectedVersion: number
  /** Of the verified token; null on public endpoints. */
  readonly principal: Principal | null
  /** On internal endpoints: the service that asks, and for whom. */
  readonly caller: ServiceCaller | null
  readonly clientAddress: string
  readonly userAgent: string
  /** As it was sent (RFC 9110, 12.5.4). */
  readonly acceptLanguage: string
  /** Where the person sees us: `https://crm.example.com`. The configured origin, or that of the request where none is. */
  readonly publicOrigin: string
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** HttpOnly, SameSite=Strict, Secure and `__Host-` are added by the platform. `maxAgeSeconds` 0 deletes it. */
  setCookie(name: string, value: string, maxAgeSeconds: number): void
}

/** The answer of an endpoint that declares `produces`. */
export interface FileBody {
  contentType: string
  fileName: string
  body: Buffer | Readable
  /** How long the browser of this person may keep it; not at all unless told. */
  maxAgeSeconds?: number
}

type CtxFor<E extends Endpoint, Tables, Spec extends ConfigSpec> = E['access'] extends 'public' | 'internal' ? PublicCtx<Tables, Spec> : Ctx<Tables, Spec>
type ResultFor<E extends Endpoint> = E['produces'] extends string ? FileBody : E['response'] extends z.ZodType ? z.input<E['response']> : void

/** An endpoint of the contracts with the code that answers it. */
export interface Route {
  readonly endpoint: Endpoint
  // The kit binds contexts and inputs to the endpoint; here they are erased, as in any table of functions.
  readonly handle: (ctx: never, input: never, http: HttpExchange) => Promise<unknown>
}

/** Clock or command → command. */
export interface JobHandler extends Job {
  /** Five-field cron in UTC: runs once per tick in all replicas together, outside of any organisation (`PublicCtx`). */
  readonly schedule?: string
  readonly timeoutMs: number
  /** Waits, as it is, for as long as this is switched off for its organisation. */
  readonly flag?: FlagKey
  /** Runs at the same time in one process; 4 unless told. */
  readonly concurrency: number
  readonly handle: (ctx: never, payload: never) => Promise<void>
  /** After the last attempt: to say so where people wait for it. May be called again. */
  readonly giveUp?: (ctx: never, payload: never) => Promise<void>
}

/** What an extension started. `listensOn`: ports of its own that people need to know, by protocol (`smtp`). */
export interface RunningExtension extends Stoppable {
  readonly listensOn?: Readonly<Record<string, number>>
}

/** Runs beside the HTTP server for as long as the service does (an SMTP server, a socket server). */
export type Extension<Tables, Spec extends ConfigSpec> = (ctx: PublicCtx<Tables, Spec>, host: ServiceHost) => Promise<RunningExtension>

/** An extension in the table of a service, its context erased like a route's. */
export type ErasedExtension = (ctx: never, host: ServiceHost) => Promise<RunningExtension>

/** What the process offers to extensions. They run before the HTTP server listens. */
export interface ServiceHost {
  readonly processId: string
  /** The HTTP application of this process, with the routes of all services that run in it. */
  readonly app: FastifyInstance
  /** The services in this process; the gateway forwards to the others by `upstreams`. */
  readonly localServices: ReadonlySet<ServiceName>
  /** Base URLs of services in other processes; several replicas are balanced. */
  readonly upstreams: Readonly<Partial<Record<ServiceName, readonly string[]>>>
  /** Origins of browsers that may talk to us beside our own, such as `https://app.example.com`. */
  readonly allowedOrigins: readonly string[]
  /** Proxies in front whose X-Forwarded-For is believed. */
  readonly trustedProxyHops: number
  readonly adapters: Adapters
  /** Verifies access tokens with the keys of the auth service, wherever that runs. */
  readonly verifier: TokenVerifier
  /** URL of Redis where it is configured, else null: for libraries that bring their own client use (Socket.IO). */
  readonly redisUrl: string | null
}

export interface ServiceDefinition {
  readonly name: ServiceName
  readonly config: ConfigSpec
  /** `new URL('../migrations/', import.meta.url)`; absent where the service owns nothing durable. */
  readonly migrations?: URL
  readonly routes: readonly Route[]
  readonly consumers: readonly Consumer[]
  /**
   * Handlers of events of different aggregates bear running at the same time in one transaction: no lock parts them there,
   * so none may look for a row and then make it where another could do the same. Their statements then share round trips.
   */
  readonly handlesAggregatesSideBySide?: true
  readonly jobs: readonly JobHandler[]
  /** That it coordinates; their answers are among the consumers. */
  readonly sagas?: readonly SagaDefinition[]
  readonly extensions: readonly ErasedExtension[]
  readonly retention?: readonly Retention[]
  /** What of its rows is in an organisation's archive; absent where it keeps none. */
  readonly exporting?: Exporting
  /** What of its things is in the index beside the database, where there is one. */
  readonly searching?: Searching
  /** Where it keeps something about people outside of the organisation; absent where it keeps nothing. */
  readonly person?: PersonData
  /** Of the service that knows who was erased. */
  readonly erasedPeople?: ErasedPeople
  readonly followRules?: (ctx: Ctx, rules: FieldRules) => Promise<FieldRules>
  /** What of its tables can be made anew from events. */
  readonly projections?: readonly Projection[]
  /** What of its tables is sealed under the master secret. */
  readonly sealed?: readonly SealedColumn[]
  readonly sweeps?: readonly Sweep[]
}

/**
 * Rows of one tenant table that are forgotten after some days, of all organisations: by platform's hourly job, whose role
 * needs `platform.grant_relay(table, 'select, delete')` in a migration, and that of the parts. Names are the database's.
 */
export interface Retention {
  readonly table: string
  /** The moment that counts: a column without null. */
  readonly column: string
  readonly days: number
  /** What goes with a row by a foreign key, of which one may have more than a statement deletes in its time: goes before it. `of`: its column with the row's id. */
  readonly parts?: readonly { readonly table: string; readonly of: string }[]
}

/** What `define` puts together. */
interface DefinitionParts<Tables, Spec extends ConfigSpec> {
  migrations?: URL
  routes?: readonly (readonly Route[])[]
  consumers?: readonly Consumer[]
  handlesAggregatesSideBySide?: true
  jobs?: readonly JobHandler[]
  sagas?: readonly SagaDefinition[]
  erasure?: Erasure
  exporting?: Exporting
  searching?: Searching
  person?: PersonData
  erasedPeople?: ErasedPeople<Ctx<Tables, Spec>>
  /** The rules of a role with those that follow from them in this organisation; asked for each request of somebody who has rules. */
  followRules?: (ctx: Ctx<Tables, Spec>, rules: FieldRules) => Promise<FieldRules>
  projections?: readonly Projection[]
  sealed?: readonly SealedColumn[]
  extensions?: readonly Extension<Tables, Spec>[]
  retention?: readonly Retention[]
  sweeps?: readonly Sweep[]
}

/**
 * The typed words in which one service speaks: bind the tables and the configuration once, in `ctx.ts`.
 * `export const crm = serviceKit<Tables>()('crm', config)`; `export type Ctx = KitCtx<typeof crm>`.
 */
export function serviceKit<Tables>() {
  return <const Spec extends ConfigSpec>(name: ServiceName, config: Spec) => ({
    /** Type only. */
    Ctx: undefined as unknown as Ctx<Tables, Spec>,
    PublicCtx: undefined as unknown as PublicCtx<Tables, Spec>,
    Scope: undefined as unknown as ConsumerScope<Tables, Spec>,

    handle<E extends Endpoint>(
      endpoint: E,
      handle: (ctx: CtxFor<E, Tables, Spec>, input: EndpointInput<E>, http: HttpExchange) => Promise<ResultFor<E>>,
    ): Route {
      return { endpoint, handle: handle as Route['handle'] }
    },

    consume<Definition extends EventDefinition>(consumer: {
      name: string
      event: Definition
      handle(scope: ConsumerScope<Tables, Spec>, event: Envelope<EventData<Definition>>): Promise<void>
    }): Consumer {
      return { name: consumer.name, event: consumer.event, handle: consumer.handle as Consumer['handle'] }
    },

    /** What an event adds to a projection. */
    fold<Definition extends EventDefinition>(
      event: Definition,
      handle: (scope: ConsumerScope<Tables, Spec>, event: Envelope<EventData<Definition>>) => Promise<void> | void,
    ): Fold {
      return { event, handle: (async (scope, told) => handle(scope, told)) as Fold['handle'] }
    },

    job<Payload>(job: {
      name: string
      payload: z.ZodType<Payload>
      flag?: FlagKey
      timeoutMs?: number
      concurrency?: number
      handle(ctx: Ctx<Tables, Spec>, payload: Payload): Promise<void>
      giveUp?(ctx: Ctx<Tables, Spec>, payload: Payload): Promise<void>
    }): JobHandler & Job<Payload> {
      return { timeoutMs: 30_000, concurrency: 4, ...job } as JobHandler & Job<Payload>
    },

    /** A job of the clock in every organisation, for `sweeps`. */
    sweep(sweep: {
      name: string
      schedule: string
      isNeeded?(ctx: Pick<PublicCtx<Tables, Spec>, 'config'>): boolean
      handle(ctx: Ctx<Tables, Spec>): Promise<void>
    }): Sweep {
      return sweep as Sweep
    },

    /** A job of the clock: five-field cron in UTC, once per tick in all replicas together, outside of any organisation. */
    scheduled(job: { name: string; schedule: string; timeoutMs?: number; handle(ctx: PublicCtx<Tables, Spec>): Promise<void> }): JobHandler {
      return { ...job, payload: z.unknown(), timeoutMs: job.timeoutMs ?? 30_000, concurrency: 1, handle: job.handle as JobHandler['handle'] }
    },

    ...searchingKit<Tables, Spec>(),
    ...sagaKit<Tables, Spec>(),

    define: (parts: DefinitionParts<Tables, Spec>): ServiceDefinition => defined(name, config, parts),
  })
}

/** The parts of a service, with those that the platform gives to each. */
function defined<Tables, Spec extends ConfigSpec>(name: ServiceName, config: Spec, parts: DefinitionParts<Tables, Spec>): ServiceDefinition {
  const erasing = erasureParts(name, parts.erasure)
  const person = personParts(name, parts.person, parts.exporting)
  return {
    name,
    config,
    ...(parts.migrations ? { migrations: parts.migrations } : {}),
    routes: [...(parts.routes?.flat() ?? []), ...person.routes],
    consumers: [
      ...(parts.consumers ?? []),
      ...answerConsumers(name, parts.sagas ?? []),
      ...erasing.consumers,
      ...person.consumers,
      ...(parts.exporting ? [exportConsumer(name)] : []),
    ],
    ...(parts.handlesAggregatesSideBySide ? { handlesAggregatesSideBySide: true } : {}),
    jobs: [...(parts.jobs ?? []), ...erasing.jobs, ...person.jobs],
    sagas: parts.sagas ?? [],
    extensions: (parts.extensions ?? []) as readonly ErasedExtension[],
    retention: parts.retention ?? [],
    ...(parts.exporting ? { exporting: parts.exporting } : {}),
    ...(parts.searching ? { searching: parts.searching } : {}),
    ...(parts.person ? { person: parts.person } : {}),
    ...(parts.erasedPeople ? { erasedPeople: parts.erasedPeople as NonNullable<ServiceDefinition['erasedPeople']> } : {}),
    ...(parts.followRules ? { followRules: parts.followRules as NonNullable<ServiceDefinition['followRules']> } : {}),
    ...(parts.projections ? { projections: parts.projections } : {}),
    ...(parts.sealed ? { sealed: parts.sealed } : {}),
    ...(parts.sweeps ? { sweeps: parts.sweeps } : {}),
  }
}

export type { Access, Consumer, ConsumerScope, EndpointResponse }
