import type { Logger } from 'pino'
import type { Statement, Rows } from '../db/database.ts'
import type { Client, Ctx, Origin, PublicCtx, WriteScope } from '../context.ts'
import type { ProcessFlags } from '../flags/flags.ts'
import type { ServiceDefinition } from '../service.ts'

/** One running service in one process: what HTTP, the consumers and the jobs make contexts from. */
export interface ServiceRuntime {
  readonly definition: ServiceDefinition
  readonly log: Logger
  readonly flags: ProcessFlags
  publicCtx(work: WorkLimits): PublicCtx
  /** Each `write` is a transaction of its own. */
  ctx(origin: Origin, work: WorkLimits): Ctx
  /** A context whose writes all join one transaction, which the platform commits: idempotent requests, consumers. */
  openUnit(origin: Origin, work: WorkLimits): UnitOfWork
}

export interface WorkLimits {
  readonly signal: AbortSignal
  /** When nobody waits any more, on the steady clock of this process (`performance.now()`); absent where nobody waits. */
  readonly dueAtMs?: number
  readonly log: Logger
  /** Who asks from where, in a request that knows no organisation yet. */
  readonly client?: Client
}

/** How one cause sees the transaction that it shares with others. */
export interface UnitMember {
  readonly ctx: Ctx
  readonly scope: WriteScope<unknown>
}

export interface UnitOfWork extends UnitMember {
  /** The same transaction on behalf of another cause of the same organisation: its events name that cause. */
  join(origin: Origin, work: WorkLimits): UnitMember
  /** The platform's own statements (inbox, idempotency key) inside the unit's transaction. */
  batch(statements: readonly Statement[]): Promise<readonly Rows[]>
  /** Sent with COMMIT. */
  defer(statement: Statement): void
  commit(): Promise<void>
  /** Never rejects. */
  rollback(): Promise<void>
}
