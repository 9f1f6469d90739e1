import type { Db } from '../ctx.ts'
import { leadOutside, unknownTeamMember } from './errors.ts'

/** Call under the lock of the members. Throws `unknownTeamMember`, `leadOutside` (422). */
export async function requireMembers(db: Db, memberIds: readonly string[], leadId: string | null): Promise<void> {
  if (leadId !== null && !memberIds.includes(leadId)) throw leadOutside()
  if (memberIds.length === 0) return
  const known = await db.selectFrom('membership').select('userId').where('userId', 'in', memberIds).execute()
  const knownIds = new Set(known.map(({ userId }) => userId))
  const unknown = memberIds.filter((userId) => !knownIds.has(userId))
  if (unknown.length > 0) throw unknownTeamMember(unknown)
}
