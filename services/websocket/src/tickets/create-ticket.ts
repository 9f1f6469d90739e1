import type { LiveTicket } from '@ai-crm/contracts'
import type { Principal } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { newTicket, TICKET_SECONDS, ticketKey, type TicketHolder } from './ticket.ts'

/** A ticket for one socket of the person whose token was just verified. */
export async function createTicket(ctx: Pick<Ctx, 'cache'>, principal: Principal): Promise<LiveTicket> {
  const ticket = newTicket()
  const { userId, organizationId, role, sessionId, expiresAtMs } = principal
  const holder: TicketHolder = { userId, organizationId, role, sessionId, expiresAtMs }
  await ctx.cache.set(ticketKey(ticket), JSON.stringify(holder), TICKET_SECONDS)
  return { ticket, expiresAt: new Date(Date.now() + TICKET_SECONDS * 1000).toISOString() }
}
