import type { PendingEvent } from '@ai-crm/contracts'
import type { Compilable, Kysely, RawBuilder } from 'kysely'
import type { Logger } from 'pino'
import type { Cache, Fanout } from '../adapters.ts'
import type { Ctx, Origin, PublicCtx, WriteScope } from '../context.ts'
import type { Database, TenantContext, Transaction } from '../db/database.ts'
import { kyselyFor, rowsOf } from '../db/kysely-for.ts'
import { sharedReads } from '../db/shared-reads.ts'
import { remainingMs } from '../deadline.ts'
import { emitAllStatements, emitStatement } from '../events/emit-event.ts'
import type { ProcessFlags } from '../flags/flags.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import { enqueueStatement } from '../jobs/enqueue-job.ts'
import type { SearchIndex } from '../search/search-index.ts'
import type { ServiceDefinition } from '../service.ts'
import { Gathered } from './gathered.ts'
import { PlannedJobs } from './planned-jobs.ts'
import type { ServiceRuntime, UnitMember, UnitOfWork, WorkLimits } from './runtime.ts'
import { deriveKey, deriveKeys, type MasterSecrets } from './secrets.ts'

/** What one service in one process stands on. */
export interface RuntimeParts extends MasterSecrets {
  readonly definition: ServiceDefinition
  /** Already checked by `readConfig`. */
  readonly config: Readonly<Record<string, unknown>>
  readonly log: Logger
  readonly database: Database
  readonly cache: Cache
  readonly fanout: Fanout
  readonly search: SearchIndex | null
  readonly flags: ProcessFlags
  /** Called after a commit that stored events or jobs, so that they move at once instead of at the next poll. */
  readonly wakeRelay: () => void
  readonly wakeJobs: () => void
}

/** Makes the contexts of a service. Nothing here is shared between organisations but the pool below. */
export function createRuntime(parts: RuntimeParts): ServiceRuntime {
  return {
    definition: parts.definition,
    log: parts.log,
    flags: parts.flags,
    publicCtx: (work) => createPublicCtx(parts, work),
    ctx: (origin, work) => createCtx(parts, origin, work),
    openUnit: (origin, work) => openUnit(parts, origin, work),
  }
}

const shared = (parts: RuntimeParts, work: WorkLimits, organizationId: string | null) => ({
  config: parts.config,
  log: work.log,
  signal: work.signal,
  remainingMs: () => remainingMs(dueAtOf(work)),
  cache: parts.cache,
  flags: parts.flags.of(organizationId),
  deriveKey: (purpose: string) => deriveKey(parts.masterSecret, purpose),
  deriveKeys: (purpose: string) => deriveKeys(parts, purpose),
})

const dueAtOf = ({ dueAtMs }: WorkLimits): number => dueAtMs ?? Number.POSITIVE_INFINITY

const readOnly = (parts: RuntimeParts, context: TenantContext, work: WorkLimits): Kysely<unknown> =>
  kyselyFor(sharedReads(parts.database, context, dueAtOf(work)))

function createPublicCtx(parts: RuntimeParts, work: WorkLimits): PublicCtx {
  return {
    ...shared(parts, work, null),
    db: readOnly(parts, null, work),
    write: (task) => inTransaction(parts.database.begin(null, dueAtOf(work)), ({ transaction, gathered }) => task({ db: inside(transaction, gathered) })),
    enter: (organizationId, actor, origin) => createCtx(parts, { ...newChain(work), ...origin, organizationId, actor }, work),
  }
}

const newChain = ({ client }: WorkLimits) => ({ correlationId: crypto.randomUUID(), causationId: null, depth: 0, trace: null, ...(client ? { client } : {}) })

function createCtx(parts: RuntimeParts, origin: Origin, work: WorkLimits): Ctx {
  return {
    ...origin,
    ...shared(parts, work, origin.organizationId),
    search: parts.search,
    db: readOnly(parts, origin, work),
    write: (task) => inTransaction(parts.database.begin(origin, dueAtOf(work)), (shared) => task(scopeOf(parts, origin, shared))),
    ...showing(parts, origin),
  }
}

function openUnit(parts: RuntimeParts, origin: Origin, work: WorkLimits): UnitOfWork {
  const shared = sharedBy(parts.database.begin(origin, dueAtOf(work)))
  const { transaction } = shared
  return {
    ...memberOfUnit(parts, origin, work, shared),
    join(other, limits) {
      if (other.organizationId !== origin.organizationId) throw new Error('A unit of work belongs to one organisation.')
      return memberOfUnit(parts, other, limits, shared)
    },
    batch: (statements) => transaction.batch(statements),
    defer: (statement) => transaction.defer(statement),
    commit: () => commitAll(shared),
    rollback: () => transaction.rollback(),
  }
}

function memberOfUnit(parts: RuntimeParts, origin: Origin, work: WorkLimits, transaction: Shared): UnitMember {
  const scope = scopeOf(parts, origin, transaction)
  const ctx: Ctx = {
    ...origin,
    ...shared(parts, work, origin.organizationId),
    search: parts.search,
    // Reads of a unit use its own connection: they see its writes, and a unit never waits for a second connection.
    db: scope.db,
    write: (task) => task(scope),
    ...showing(parts, origin),
  }
  return { ctx, scope }
}

/** A transaction with what its causes plan and gather together. */
interface Shared {
  readonly transaction: Transaction
  readonly jobs: PlannedJobs
  readonly gathered: Gathered
}

const sharedBy = (transaction: Transaction): Shared => ({ transaction, jobs: new PlannedJobs(transaction), gathered: new Gathered(transaction) })

/** In this turn wherever nothing has to be waited for: then COMMIT travels with what was asked. */
const commitAll = ({ transaction, gathered }: Shared): Promise<void> =>
  gathered.isSettled ? transaction.commit() : gathered.settle().then(() => transaction.commit())

const inside = (transaction: Transaction, gathered: Gathered): Kysely<unknown> =>
  kyselyFor((statement) => {
    gathered.closeOpen()
    return transaction.query(statement)
  })

function scopeOf(parts: RuntimeParts, origin: Origin, { transaction, jobs, gathered }: Shared): WriteScope<unknown> {
  let hasEvents = false
  let hasJobs = false
  const db = inside(transaction, gathered)
  const emitMany = (events: readonly PendingEvent[], isBulk: boolean) => {
    for (const statement of emitAllStatements(origin, events, isBulk)) transaction.defer(statement)
    if (!hasEvents) transaction.afterCommit(parts.wakeRelay)
    hasEvents = true
  }
  return {
    db,
    origin,
    async emit(event, by) {
      transaction.defer(emitStatement(by ? { ...origin, actor: by } : origin, event))
      if (!hasEvents) transaction.afterCommit(parts.wakeRelay)
      hasEvents = true
    },
    emitAll: async (events) => emitMany(events, false),
    emitInBulk: async (events) => emitMany(events, true),
    async enqueue(job, payload, options) {
      jobs.add(job.name, options, enqueueStatement(origin, job, payload, options))
      if (!hasJobs) transaction.afterCommit(parts.wakeJobs)
      hasJobs = true
    },
    run(query) {
      const { sql, parameters } = query.compile(db)
      gathered.closeOpen()
      // Its failure is that of the transaction: whoever waits for a later statement or the commit gets it.
      transaction.batch([{ text: sql, values: parameters }]).catch(() => undefined)
    },
    atCommit<Row>(query: Compilable<Row> | RawBuilder<Row>, onCommitted?: (rows: readonly Row[]) => void) {
      const { sql, parameters } = query.compile(db)
      transaction.deferToEnd({ text: sql, values: parameters }, onCommitted && (({ rows }) => onCommitted(rowsOf(query, rows))))
    },
    gather: (gathering, item) => gathered.add(db, gathering, item),
    afterCommit: (task) => transaction.afterCommit(task),
  }
}

const beforeCommit = defineFailpoint('write.before-commit', 'A transaction of a job, a scheduled job or a request without Idempotency-Key is about to commit')
const afterCommit = defineFailpoint('write.after-commit', 'It has committed; whoever asked for it does not know yet')

async function inTransaction<Result>(transaction: Transaction, task: (shared: Shared) => Promise<Result>): Promise<Result> {
  const shared = sharedBy(transaction)
  try {
    const result = await task(shared)
    beforeCommit()
    await commitAll(shared)
    afterCommit()
    return result
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}

/** Channels of the fan-out on which the websocket service hears of drafts in the making, and of work on many records. */
export const PROGRESS_CHANNEL = 'live.progress'
export const OPERATION_CHANNEL = 'live.operation'

function showing(parts: RuntimeParts, { organizationId }: Origin): Pick<Ctx, 'showProgress' | 'showOperation'> {
  const publish = (channel: string, shown: object): void => {
    parts.fanout
      .publish(channel, JSON.stringify({ organizationId, ...shown }))
      .catch((error: unknown) => parts.log.debug({ err: error }, 'progress was not shown'))
  }
  return {
    showProgress: (progress) => publish(PROGRESS_CHANNEL, { progress }),
    showOperation: (userId, progress) => publish(OPERATION_CHANNEL, { userId, progress }),
  }
}
