import type { Logger } from 'pino'
import type { Ctx } from '../context.ts'
import { pause } from '../events/pause.ts'
import type { SearchGeneration, SearchIndex } from './search-index.ts'
import type { Searching } from './searching.ts'

const LOOKS = 40
const LOOK_MS = 500

export interface Rebuild {
  readonly index: SearchIndex
  readonly searching: Searching
  /** Everybody whose things are searched; asked twice. */
  readonly organizations: () => AsyncIterable<string>
  readonly enter: (organizationId: string) => Ctx
  /** Whether the lock is still held. */
  readonly isAlone: () => boolean
  readonly log: Logger
  readonly signal: AbortSignal
}

export interface Rebuilt {
  readonly generation: string
  readonly organizations: number
  readonly documents: number
}

/**
 * Builds the index anew while the one there is goes on answering, and both hear what changes. Only once the new one has what the
 * database has does it take over, from one moment to the next. Interrupted at any point it has changed nothing that anybody sees;
 * run again it removes what it left and begins anew. One at a time: whoever calls holds a lock.
 */
export async function rebuildIndex({ index, searching, organizations, enter, isAlone, log, signal }: Rebuild): Promise<Rebuilt> {
  const generation = await index.beginGeneration(signal)
  let [seen, documents] = [0, 0]
  for await (const organizationId of organizations()) {
    documents += await fill(generation, searching, enter(organizationId), signal)
    seen += 1
  }
  for await (const organizationId of organizations()) await compare(generation, searching, enter(organizationId), signal)
  if (!isAlone()) throw new Error('The lock of whoever builds the index was lost; the old one goes on answering.')
  await generation.takeOver(signal)
  log.info({ count: documents }, 'the search index was built anew')
  return { generation: generation.name, organizations: seen, documents }
}

async function fill(generation: SearchGeneration, { page }: Searching, ctx: Ctx, signal: AbortSignal): Promise<number> {
  let count = 0
  for (let after: string | null = null; ;) {
    signal.throwIfAborted()
    const { documents, next } = await page(ctx, after)
    await generation.fill(ctx.organizationId, documents, signal)
    count += documents.length
    if (next === null) return count
    after = next
  }
}

/** Waits for what is still on its way; throws where something is missing all the same. */
async function compare(generation: SearchGeneration, { count }: Searching, ctx: Ctx, signal: AbortSignal): Promise<void> {
  for (let look = 1; ; look++) {
    signal.throwIfAborted()
    const { documents, waiting } = await count(ctx)
    const found = await generation.count(ctx.organizationId, signal)
    if (Math.abs(found - documents) <= waiting) return
    if (look === LOOKS) throw new Error(`The new index has ${found} of ${documents} records of ${ctx.organizationId}; the old one goes on answering.`)
    await pause(LOOK_MS, signal)
  }
}
