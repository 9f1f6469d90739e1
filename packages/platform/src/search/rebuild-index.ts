import type { Logger } from 'pino'
import type { Ctx } from '../context.ts'
import { backoffMs } from '../events/backoff.ts'
import { pause } from '../events/pause.ts'
import type { SearchDocument, SearchGeneration, SearchIndex } from './search-index.ts'
import type { Searching } from './searching.ts'

/** What is on its way gets so many looks to arrive, before everything of the organisation is brought once more, so many times. */
const LOOKS = 10
const LOOK_MS = 500
const TIMES = 3

/** A cluster that is busy or away is waited for: what is built so far is worth more. */
const PATIENCE_MS = 10 * 60_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

export interface Rebuild {
  readonly index: SearchIndex
  readonly searching: Searching
  /** Everybody whose things are searched; asked twice. */
  readonly organizations: () => AsyncIterable<string>
  readonly enter: (organizationId: string) => Ctx
  /** Whether the lock is still held. */
  readonly isAlone: () => boolean
  /** Between two looks at what is on its way; half a second unless told. */
  readonly lookMs?: number
  readonly log: Logger
  readonly signal: AbortSignal
}

export interface Rebuilt {
  readonly generation: string
  readonly organizations: number
  readonly documents: number
  /** Of them those that the index will never take. */
  readonly refused: number
}

interface Filled {
  readonly documents: number
  readonly refused: number
}

/**
 * Builds the index anew while the one there is goes on answering, and both hear what changes. Only once the new one lacks nothing that
 * the database has does it take over, from one moment to the next. Interrupted at any point it has changed nothing that anybody sees;
 * run again it removes what it left and begins anew. One at a time: whoever calls holds a lock.
 */
export async function rebuildIndex(build: Rebuild): Promise<Rebuilt> {
  const { index, organizations, enter, isAlone, log, signal } = build
  const generation = await patiently(build, () => index.beginGeneration(signal))
  const rebuilt = { generation: generation.name, organizations: 0, documents: 0, refused: 0 }
  const refusedOf = new Map<string, number>()
  for await (const organizationId of organizations()) {
    const { documents, refused } = await fill(build, generation, enter(organizationId))
    rebuilt.organizations += 1
    rebuilt.documents += documents
    if (refused > 0) refusedOf.set(organizationId, refused)
  }
  await patiently(build, () => generation.refresh(signal))
  for await (const organizationId of organizations())
    rebuilt.refused += await complete(build, generation, enter(organizationId), refusedOf.get(organizationId) ?? 0)
  if (!isAlone()) throw new Error('The lock of whoever builds the index was lost; the old one goes on answering.')
  await patiently(build, () => generation.takeOver(signal))
  log.info({ count: rebuilt.documents }, 'the search index was built anew')
  return rebuilt
}

async function fill(build: Rebuild, generation: SearchGeneration, ctx: Ctx): Promise<Filled> {
  const { searching, signal } = build
  let [count, refused] = [0, 0]
  for (let after: string | null = null; ;) {
    signal.throwIfAborted()
    const { documents, next } = await patiently(build, () => searching.page(ctx, after))
    refused += await patiently(build, () => generation.fill(ctx.organizationId, documents, signal))
    await forgetErased(build, generation, ctx, documents)
    count += documents.length
    if (next === null) return { documents: count, refused }
    after = next
  }
}

/** An erasure tells every generation, but may have done so between the reading of a page and its arrival. */
async function forgetErased(build: Rebuild, generation: SearchGeneration, ctx: Ctx, documents: readonly SearchDocument[]): Promise<void> {
  const ids = documents.map(({ id }) => id)
  const gone = await patiently(build, () => build.searching.gone(ctx, ids))
  if (gone.length > 0) await patiently(build, () => generation.fill(ctx.organizationId, gone, build.signal))
}

/**
 * Looks whether all that was there at first has arrived: but for what the index never takes, and what it was not told of yet. What was made
 * since does not count, or whoever is written to all day is never done. What it has too much was deleted in this moment, and is shown to
 * nobody. Answers how many it never takes.
 */
async function complete(build: Rebuild, generation: SearchGeneration, ctx: Ctx, refusedAtFirst: number): Promise<number> {
  const { searching, signal, lookMs = LOOK_MS } = build
  let [expected, refused] = [Number.POSITIVE_INFINITY, refusedAtFirst]
  for (let look = 1; ; look++) {
    signal.throwIfAborted()
    const { documents, waiting } = await patiently(build, () => searching.count(ctx))
    const found = await patiently(build, () => generation.count(ctx.organizationId, signal))
    expected = Math.min(expected, documents)
    if (expected - found - refused <= waiting) return refused
    if (look === LOOKS * TIMES) throw new Error(`The new index has ${found} of ${expected} records of ${ctx.organizationId}; the old one goes on answering.`)
    if (look % LOOKS === 0) refused = (await fill(build, generation, ctx)).refused
    else await pause(lookMs, signal)
    await patiently(build, () => generation.refresh(signal))
  }
}

/** What fails is done again for as long as that may help. */
async function patiently<Result>({ index, log, signal }: Rebuild, work: () => Promise<Result>): Promise<Result> {
  const giveUpAtMs = performance.now() + PATIENCE_MS
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (!index.mayPass(error) || performance.now() > giveUpAtMs) throw error
      log.warn({ err: error, attempt }, 'the building of the search index waits')
      await pause(backoffMs(attempt, FIRST_PAUSE_MS, LONGEST_PAUSE_MS), signal)
    }
  }
}
