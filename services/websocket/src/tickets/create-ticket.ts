import type { LiveTicket } from '@ai-crm/contracts'
import { createRevocationList, type Principal } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { noPrincipal } from './errors.ts'
import { newTicket, TICKET_SECONDS, TicketHolder, ticketKey } from './ticket.ts'

/**
 * A ticket for one socket of the person whose token was just verified. Asked of the cache itself once more: a client that
 * comes back because its rights have changed must not get in with the old ones, but refresh (401).
 */
export async function createTicket(ctx: Pick<Ctx, 'cache'>, principal: Principal): Promise<LiveTicket> {
  if (await createRevocationList(ctx.cache).isRefused(principal)) throw noPrincipal()
  const ticket = newTicket()
  const holder: TicketHolder = TicketHolder.parse({ ...principal, permissions: [...principal.permissions] })
  await ctx.cache.set(ticketKey(ticket), JSON.stringify(holder), TICKET_SECONDS)
  return { ticket, expiresAt: new Date(Date.now() + TICKET_SECONDS * 1000).toISOString() }
}
