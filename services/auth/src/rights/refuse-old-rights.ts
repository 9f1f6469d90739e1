import { refuseTokensOf, refuseTokensOfRole, type WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'

type Refuser = Pick<Ctx, 'cache' | 'log' | 'organizationId'>
type Write = Pick<WriteScope<Tables>, 'atCommit'>

/**
 * With the commit, tokens with what these people might do until now are refused by whatever asks anew. While the cache is away the consumer
 * of the event keeps trying: whoever changes rights is not told of it.
 */
export function refuseOldRightsOf(ctx: Refuser, scope: Write, members: readonly { readonly userId: string }[]): void {
  refuseAtCommit(ctx, scope, (beforeMs) => Promise.all(members.map(({ userId }) => refuseTokensOf(ctx.cache, ctx.organizationId, userId, beforeMs))))
}

/** The same for everybody who has this custom role. */
export function refuseOldRightsOfRole(ctx: Refuser, scope: Write, roleId: string): void {
  refuseAtCommit(ctx, scope, (beforeMs) => refuseTokensOfRole(ctx.cache, ctx.organizationId, roleId, beforeMs))
}

/** By the time of the commit: a change waits for others, and until it is there the old rights are read into new tokens. */
function refuseAtCommit({ log }: Refuser, { atCommit }: Write, refuse: (beforeMs: number) => Promise<unknown>): void {
  atCommit(sql<{ nowMs: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`, ([row]) => {
    if (row) void refuse(row.nowMs).catch((error: unknown) => log.warn({ err: error }, 'a change of rights did not reach the cache yet'))
  })
}
