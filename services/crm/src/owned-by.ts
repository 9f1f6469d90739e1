import { ofTeamsOf } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from './ctx.ts'

/** Whose records a list shows; `mine` and `teams` of nobody are empty. `column` as in inReach: `contact.ownerId`. */
export function ownedBy({ rights }: Ctx, owner: 'mine' | 'teams' | 'nobody', column: string): RawBuilder<boolean> {
  if (owner === 'nobody') return sql<boolean>`${sql.ref(column)} is null`
  if (!rights) return sql<boolean>`false`
  return owner === 'mine' ? sql<boolean>`${sql.ref(column)} = ${rights.userId}::uuid` : ofTeamsOf(rights.userId, column)
}
