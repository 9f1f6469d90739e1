import type { Member } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { selectMembers, toMember } from './member.ts'

const LIMIT = 200

/** Members by name. */
export async function listMembers(ctx: Ctx): Promise<{ items: Member[] }> {
  const rows = await selectMembers(ctx.db).orderBy('userAccount.name').orderBy('membership.userId').limit(LIMIT).execute()
  return { items: rows.map(toMember) }
}
