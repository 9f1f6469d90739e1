import type { PublicCtx } from '../ctx.ts'
import { TicketHolder, ticketKey } from './ticket.ts'

/** Redeems a ticket: the first caller gets its holder, everybody after that null. */
export async function takeTicket(ctx: Pick<PublicCtx, 'cache'>, ticket: string): Promise<TicketHolder | null> {
  const stored = await ctx.cache.take(ticketKey(ticket))
  if (stored === null) return null
  const holder = TicketHolder.parse(JSON.parse(stored))
  return holder.expiresAtMs > Date.now() ? holder : null
}
