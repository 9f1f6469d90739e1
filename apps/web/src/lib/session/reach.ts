import type { RecordScope } from '@ai-crm/contracts'

interface Mate {
  readonly memberIds: readonly string[]
}

/**
 * Whether a scope reaches a record of `ownerId`, as the server decides it. While the teams are not known (`null`) a record
 * of somebody else counts as reached: then the server is the one to refuse.
 */
export function reaches(scope: RecordScope, ownerId: string | null, userId: string, teams: readonly Mate[] | null): boolean {
  if (scope === 'all' || ownerId === userId) return true
  if (scope === 'own') return false
  if (ownerId === null || teams === null) return true
  return teams.some(({ memberIds }) => memberIds.includes(userId) && memberIds.includes(ownerId))
}
