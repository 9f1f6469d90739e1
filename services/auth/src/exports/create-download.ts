import { API_PREFIX, exportEndpoints, type ExportDownload } from '@ai-crm/contracts'
import { notFound, type Principal } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { newTicket, TICKET_SECONDS, ticketKey, type TicketHolder } from './download-ticket.ts'
import { exportNotReady } from './errors.ts'

/** A link for the browser of this owner. Throws `notFound` (404), `exportNotReady` (409). */
export async function createDownload(ctx: Ctx, { userId, sessionId }: Principal, exportId: string): Promise<ExportDownload> {
  const wanted = await ctx.db.selectFrom('organizationExport').select(['state', 'expiresAt']).where('id', '=', exportId).executeTakeFirst()
  if (!wanted) throw notFound('export')
  if (wanted.state !== 'ready' || !wanted.expiresAt || wanted.expiresAt <= new Date()) throw exportNotReady()
  const ticket = newTicket()
  const holder: TicketHolder = { organizationId: ctx.organizationId, exportId, userId, sessionId }
  await ctx.cache.set(ticketKey(ticket), JSON.stringify(holder), TICKET_SECONDS)
  const path = `${API_PREFIX}${exportEndpoints.downloadExport.path}?ticket=${ticket}`
  return { path, expiresAt: new Date(Date.now() + TICKET_SECONDS * 1_000).toISOString() }
}
