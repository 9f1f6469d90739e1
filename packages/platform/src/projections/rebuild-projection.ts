import { eventsByService, type Envelope } from '@ai-crm/contracts'
import type { WriteScope } from '../context.ts'
import type { Statement } from '../db/database.ts'
import { callHandler } from '../events/handle-event.ts'
import { KnownEvents } from '../events/known-events.ts'
import type { ServiceRuntime, UnitMember, UnitOfWork, WorkLimits } from '../runtime/runtime.ts'
import type { Fold, Projection } from './projection.ts'
import { readLog } from './read-log.ts'
import { originOf } from './rebuild-origin.ts'

export interface ProjectionRebuild {
  /** The service whose projection it is. */
  readonly runtime: ServiceRuntime
  readonly projection: Projection
  readonly organizationId: string
  /** Every service whose events it is made of, that one too where it is one of them. */
  readonly sources: ReadonlyMap<string, ServiceRuntime>
  readonly limits: WorkLimits
}

export interface RebuiltProjection {
  readonly folded: number
  /** Of people who were erased, or are about to be: they tell nothing any more, or nothing here. */
  readonly empty: number
}

const THOUGH_IT_TAKES_LONG: readonly Statement[] = [
  `set local statement_timeout = '10min'`,
  `set local lock_timeout = '60s'`,
  `set local idle_in_transaction_session_timeout = '5min'`,
].map((text) => ({ text, values: [] }))

/**
 * Makes a projection of one organisation anew from the logs, in one transaction: whoever reads it sees what was there until all of it
 * is there again. Meanwhile the service's consumers take no events of this organisation; what was told before is in the logs, what comes
 * waits in its line. Interrupted at any point it has changed nothing.
 */
export async function rebuildProjection(rebuild: ProjectionRebuild): Promise<RebuiltProjection> {
  const { runtime, projection, organizationId, limits } = rebuild
  const unit = runtime.openUnit(originOf(organizationId), limits)
  try {
    await unit.batch([...THOUGH_IT_TAKES_LONG, { text: 'select pause_consumers()', values: [] }])
    await unit.batch(projection.tables.toReversed().map((table) => ({ text: `delete from ${table}`, values: [] })))
    const told = await foldAll(rebuild, unit)
    await unit.commit()
    return told
  } catch (error) {
    await unit.rollback()
    throw error
  }
}

const AT_ONCE = 200

async function foldAll({ projection, organizationId, sources, limits }: ProjectionRebuild, unit: UnitOfWork): Promise<RebuiltProjection> {
  const [known, erased] = [new KnownEvents([]), await erasedHere(unit)]
  let [folded, empty] = [0, 0]
  for (const [service, folds] of foldsByService(projection)) {
    const source = sources.get(service)
    if (!source) throw new Error(`${projection.name} is made of events of ${service} too; its log is not at hand.`)
    for await (const envelope of readLog(source, organizationId, [...folds.keys()], limits)) {
      limits.signal.throwIfAborted()
      const verdict = known.read(envelope)
      if (isEmptied(envelope) || isAbout(erased, envelope)) empty += 1
      else if (verdict.kind === 'readable') {
        await foldOne(unit, folds.get(envelope.type), verdict.envelope, limits)
        folded += 1
        // Nobody else waits for what folds write: without this, the statements of all events would be in memory.
        if (folded % AT_ONCE === 0) await unit.batch([])
      } else throw new Error(`${envelope.type} ${envelope.id} cannot be folded. ${verdict.reason}`)
    }
  }
  return { folded, empty }
}

/** By the service whose log has the event. */
function foldsByService({ folds }: Projection): ReadonlyMap<string, ReadonlyMap<string, Fold>> {
  const ownerOf = new Map(Object.entries(eventsByService).flatMap(([service, events]) => events.map(({ type }) => [type, service] as const)))
  const byService = Map.groupBy(folds, ({ event }) => ownerOf.get(event.type) ?? 'nobody')
  return new Map([...byService].map(([service, some]) => [service, new Map(some.map((fold) => [fold.event.type, fold]))]))
}

/** Marked here, after the consumers were paused: other services may not have emptied their logs yet, and nobody erases twice. */
async function erasedHere(unit: UnitOfWork): Promise<ReadonlySet<unknown>> {
  const [marks] = await unit.batch([{ text: 'select id from erased_aggregate', values: [] }])
  return new Set(marks?.rows.map(({ id }) => id))
}

const isAbout = (erased: ReadonlySet<unknown>, { aggregate, data }: Envelope): boolean =>
  erased.has(aggregate.id) || (typeof data === 'object' && data !== null && Object.values(data).some((value) => erased.has(value)))

/** What the erasure of a person leaves of an event. */
const isEmptied = ({ data }: Envelope): boolean => JSON.stringify(data) === '{}'

async function foldOne(unit: UnitOfWork, fold: Fold | undefined, envelope: Envelope, limits: WorkLimits): Promise<void> {
  if (!fold) return
  const { ctx, scope } = unit.join({ ...originOf(envelope.organizationId), actor: envelope.actor }, limits)
  await callHandler(fold, { ctx, scope: foldingOnly(scope) }, envelope)
}

/** What a fold may do. Everything travels at once: the transaction would hold the statements of all events until its end. */
const foldingOnly = (scope: UnitMember['scope']): WriteScope<unknown> => ({
  ...scope,
  atCommit: (query) => scope.run(query),
  gather: (gathering, item) => scope.run(gathering.parts.statementOf([item])),
  emit: refuse,
  emitAll: refuse,
  enqueue: refuse,
  afterCommit: () => void refuse(),
})

const refuse = (): Promise<never> => Promise.reject(new Error('A fold writes to its projection and does nothing else.'))
