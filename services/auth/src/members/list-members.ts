import type { Member } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'

const LIMIT = 200

/** Members by name. */
export async function listMembers(ctx: Ctx): Promise<{ items: Member[] }> {
  const rows = await ctx.db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select(['membership.userId', 'userAccount.name', 'userAccount.email', 'membership.role', 'membership.joinedAt'])
    .orderBy('userAccount.name')
    .orderBy('membership.userId')
    .limit(LIMIT)
    .execute()
  return { items: rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() })) }
}
