import type { Actor, DraftProgress, OperationProgress, PendingEvent, Rights } from '@ai-crm/contracts'
import type { Compilable, Kysely, RawBuilder } from 'kysely'
import type { Logger } from 'pino'
import type { Cache } from './adapters.ts'
import type { ConfigOf, ConfigSpec } from './config.ts'
import type { Flags } from './flags/flags.ts'
import type { Proof } from './http/authenticate.ts'
import type { Gathering, PromptGathering } from './runtime/gathering.ts'
import type { SearchIndex } from './search/search-index.ts'
import type { EnqueueOptions, Job } from './jobs/job.ts'

/** The network side of a request: for the security log and for what is shown to the person about their sessions. */
export interface Client {
  readonly address: string
  readonly userAgent: string
  readonly requestId: string
}

/** What the person who asks may do. Records of `userId` count as their own: an API key's are those of whoever made it. */
export interface PersonalRights extends Rights {
  readonly userId: string
  /** A built-in role by its name, a custom one by its id: for rules that name roles. What may be done, the permissions say. */
  readonly role: string
  /** For what asks of the person to have proven a moment ago who they are; null where they asked for it earlier, and a job does it. */
  readonly proof: Proof | null
}

/** Where a piece of work comes from: who, for whom, and in answer to what. Travels in every event and job. */
export interface Origin {
  readonly organizationId: string
  readonly actor: Actor
  readonly correlationId: string
  readonly causationId: string | null
  readonly depth: number
  /** W3C traceparent, or null. */
  readonly trace: string | null
  /** Of the request that is being answered; absent in jobs and consumers: it does not travel. */
  readonly client?: Client
  /** Of the person who asks; absent in jobs and consumers, which act for the organisation: it does not travel. */
  readonly rights?: PersonalRights
}

/** What a transaction offers. Everything in it commits together or not at all; no call to the outside in it. */
export interface WriteScope<Tables> {
  readonly db: Kysely<Tables>
  readonly origin: Origin
  /** Stores the event in the log of the service, with this transaction; `by` where somebody else than the origin's actor did it. */
  emit(event: PendingEvent, by?: Actor): Promise<void>
  /** Many events in their order, in a few statements: for work on many records, which are new or locked by this transaction. */
  emitAll(events: readonly PendingEvent[]): Promise<void>
  /** The same for thousands of records: told when no others wait, some seconds after the last of them at the latest; in order with all others of their aggregate. */
  emitInBulk(events: readonly PendingEvent[]): Promise<void>
  /** Plans a job, with this transaction. The same `key` replaces a job that has not started. */
  enqueue<Payload>(job: Job<Payload>, payload: Payload, options?: EnqueueOptions): Promise<void>
  /**
   * A statement in its turn whose answer nobody waits for: it travels with the next one that somebody waits for, or with
   * COMMIT. Its failure fails the transaction.
   */
  run(query: Compilable | RawBuilder<unknown>): void
  /**
   * A statement that travels with COMMIT, after all events and jobs: its locks are held no longer than that. `onCommitted`
   * gets its rows once everything has committed; like `afterCommit` it is lost in a crash.
   */
  atCommit<Row>(query: Compilable<Row> | RawBuilder<Row>, onCommitted?: (rows: readonly Row[]) => void): void
  /**
   * The same for what many events bring: everything that was given to a gathering in this transaction, on behalf of whatever event, travels as
   * one statement: with COMMIT, or in its turn where the gathering is a prompt one.
   */
  gather<Item, Row>(gathering: Gathering<Item, Row> | PromptGathering<Item, Row>, item: Item): void
  /** Runs once this transaction has committed; not after a rollback, and lost in a crash: for live pushes and wake-ups. */
  afterCommit(work: () => void): void
}

/** What every command and query gets first. Bound to one organisation. */
export interface Ctx<Tables = unknown, Spec extends ConfigSpec = ConfigSpec> extends Origin {
  readonly config: ConfigOf<Spec>
  readonly log: Logger
  /** Aborted at the deadline of the request or job, and at shutdown. */
  readonly signal: AbortSignal
  /** Milliseconds until that deadline; Infinity where there is none. For what is asked of others on the way. */
  remainingMs(): number
  readonly cache: Cache
  /** A 32-byte key for one purpose, derived (HKDF) from the installation's master secret. */
  deriveKey(purpose: string): Buffer
  /** All with which something may have been sealed or signed: that of `deriveKey`, and another one while the master secret is exchanged. */
  deriveKeys(purpose: string): readonly Buffer[]
  /** What is switched on for this organisation. */
  readonly flags: Flags
  /** The index beside the database; null where there is none. Never asked inside a transaction. */
  readonly search: SearchIndex | null
  /** Reads: each statement is a read-only transaction of its own, in one round trip, under row-level security. */
  readonly db: Kysely<Tables>
  /** One transaction. In a request with Idempotency-Key all writes join the request's transaction. */
  write<Result>(work: (scope: WriteScope<Tables>) => Promise<Result>): Promise<Result>
  /** Shows the text of a draft in the making to whoever looks; not stored, may be lost. */
  showProgress(progress: DraftProgress): void
  /** Shows how far work on many records is to whoever started it, wherever they are signed in; not stored, may be lost. */
  showOperation(userId: string, progress: OperationProgress): void
}

/** Before anybody is known (sign-in, an e-mail at the door): tenant tables look empty until `enter`. */
export interface PublicCtx<Tables = unknown, Spec extends ConfigSpec = ConfigSpec> {
  readonly config: ConfigOf<Spec>
  readonly log: Logger
  readonly signal: AbortSignal
  /** Milliseconds until the deadline; Infinity where there is none. */
  remainingMs(): number
  readonly cache: Cache
  /** A 32-byte key for one purpose, derived (HKDF) from the installation's master secret. */
  deriveKey(purpose: string): Buffer
  /** All with which something may have been sealed or signed: that of `deriveKey`, and another one while the master secret is exchanged. */
  deriveKeys(purpose: string): readonly Buffer[]
  /** What is switched on before any organisation is known. */
  readonly flags: Flags
  readonly db: Kysely<Tables>
  /** A transaction outside of any organisation: for the reviewed tables without organization_id only. */
  write<Result>(work: (scope: Pick<WriteScope<Tables>, 'db'>) => Promise<Result>): Promise<Result>
  /** Work for an organisation that was derived from a verified fact (a token, an envelope, an address that is ours). */
  enter(organizationId: string, actor: Actor, origin?: Partial<Origin>): Ctx<Tables, Spec>
}
