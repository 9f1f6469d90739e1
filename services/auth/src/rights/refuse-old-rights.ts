import { refuseTokensOf, refuseTokensOfRole, type WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import type { Tables } from '../tables.ts'

type Refuser = Pick<Ctx, 'cache' | 'log' | 'organizationId'>

/**
 * With the commit, tokens with what these people might do until now are refused by whatever asks anew. While the cache is away the consumer
 * of the event keeps trying: whoever changes rights is not told of it.
 */
export async function refuseOldRightsOf(ctx: Refuser, scope: WriteScope<Tables>, members: readonly { readonly userId: string }[]): Promise<void> {
  const beforeMs = await databaseNowMs(scope.db)
  scope.afterCommit(() => void told(ctx, Promise.all(members.map(({ userId }) => refuseTokensOf(ctx.cache, ctx.organizationId, userId, beforeMs)))))
}

/** The same for everybody who has this custom role. */
export async function refuseOldRightsOfRole(ctx: Refuser, scope: WriteScope<Tables>, roleId: string): Promise<void> {
  const beforeMs = await databaseNowMs(scope.db)
  scope.afterCommit(() => void told(ctx, refuseTokensOfRole(ctx.cache, ctx.organizationId, roleId, beforeMs)))
}

async function told({ log }: Refuser, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => log.warn({ err: error }, 'a change of rights did not reach the cache yet'))
}

/** The clock that also stamps tokens: no token whose rights are read from now on is stamped before it. */
export async function databaseNowMs(db: Db): Promise<number> {
  const { rows } = await sql<{ nowMs: number }>`select (extract(epoch from now()) * 1000)::float8 as now_ms`.execute(db)
  const [row] = rows
  if (!row) throw new Error('The database did not tell the time.')
  return row.nowMs
}
