import type { Member } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { selectMembers, toMember } from './member.ts'

const LIMIT = 200

/** Members by name. When somebody will have no second factor is nobody's business who could not see to it. */
export async function listMembers(ctx: Ctx): Promise<{ items: Member[] }> {
  const rows = await selectMembers(ctx.db).orderBy('userAccount.name').orderBy('membership.userId').limit(LIMIT).execute()
  const maySeeResets = ctx.rights?.permissions.has('auth.member.manage') ?? false
  return { items: rows.map(toMember).map((member) => (maySeeResets ? member : { ...member, factorsResetAt: null })) }
}
