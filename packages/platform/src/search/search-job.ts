import { z } from 'zod'
import type { Actor } from '@ai-crm/contracts'
import type { PublicCtx } from '../context.ts'
import type { RelayConnection } from '../events/relay-connection.ts'
import type { JobHandler } from '../service.ts'
import { organizationsOf } from '../events/organizations.ts'
import { rebuildIndex, type Rebuilt } from './rebuild-index.ts'
import type { SearchIndex } from './search-index.ts'
import type { Searching } from './searching.ts'

const SYSTEM: Actor = { type: 'system', id: null }
const TIMEOUT_MS = 6 * 3600_000
/** Of the session of whoever builds. */
const LOCK = `hashtextextended('search.rebuild', 0)`

export interface Building {
  readonly index: SearchIndex
  readonly searching: Searching
  readonly connection: Pick<RelayConnection, 'query' | 'session'>
}

/** Null where somebody else is at it. */
export async function rebuildUnderLock({ index, searching, connection }: Building, ctx: PublicCtx): Promise<Rebuilt | null> {
  const [lock] = await connection.query<{ isOurs: boolean }>(`select pg_try_advisory_lock(${LOCK}) as "isOurs"`)
  if (!lock?.isOurs) return null
  const { session } = connection
  const isAlone = () => connection.session === session
  try {
    const { log, signal } = ctx
    return await rebuildIndex({
      index,
      searching,
      log,
      signal,
      isAlone,
      organizations: () => organizationsOf(connection),
      enter: (id) => ctx.enter(id, SYSTEM),
    })
  } finally {
    // A session that was lost has lost the lock, too: why the building failed is what counts.
    await connection.query(`select pg_advisory_unlock(${LOCK})`).catch((error: unknown) => ctx.log.warn({ err: error }, 'the lock was not given back'))
  }
}

/** An installation that was given a cluster builds its index by itself: within a minute, in one replica. PostgreSQL answers until then. */
export const buildJob = (building: Building): JobHandler => ({
  name: 'platform.build-search-index',
  schedule: '* * * * *',
  payload: z.unknown(),
  timeoutMs: TIMEOUT_MS,
  concurrency: 1,
  async handle(ctx: PublicCtx) {
    if (!(await building.index.isBuilt(ctx.signal))) await rebuildUnderLock(building, ctx)
  },
})
