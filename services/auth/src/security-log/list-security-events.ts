import type { SecurityEvent, SecurityEventSearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { securityEvents, toSecurityEvent } from './security-event.ts'

const Position = z.tuple([z.number().int()])

/** Newest first. The cursor is a position in the chain: it is bound to the organisation, not to the filters. */
export async function listSecurityEvents(ctx: Ctx, search: SecurityEventSearch): Promise<{ items: SecurityEvent[]; nextCursor: string | null }> {
  const before = search.cursor === undefined ? null : Position.parse(decodeCursor(ctx, 'security-log', search.cursor))[0]
  const rows = await securityEvents(ctx, search)
    .$if(before !== null, (query) => query.where('sequence', '<', before ?? 0))
    .orderBy('sequence', 'desc')
    .limit(search.limit + 1)
    .execute()
  const page = rows.slice(0, search.limit)
  const last = rows.length > search.limit ? page.at(-1) : undefined
  return { items: page.map(toSecurityEvent), nextCursor: last ? encodeCursor(ctx, 'security-log', [last.sequence]) : null }
}
