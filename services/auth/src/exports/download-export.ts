import { Readable } from 'node:stream'
import type { FileBody, HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, PublicCtx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { TicketHolder, ticketKey } from './download-ticket.ts'
import { downloadLinkOver } from './errors.ts'
import { streamArchive } from './stream-archive.ts'

/**
 * Spends the ticket and sends the archive. Whoever bought it is an owner with that session still, or gets nothing: a
 * minute is long enough to be removed. Throws `downloadLinkOver` (404).
 */
export async function downloadExport(publicCtx: PublicCtx, ticket: string, client: Pick<HttpExchange, 'clientAddress' | 'userAgent'>): Promise<FileBody> {
  const stored = await publicCtx.cache.take(ticketKey(ticket))
  if (stored === null) throw downloadLinkOver()
  const { organizationId, exportId, userId, sessionId } = TicketHolder.parse(JSON.parse(stored))
  const from = { address: client.clientAddress, userAgent: client.userAgent, requestId: crypto.randomUUID() }
  const ctx = publicCtx.enter(organizationId, { type: 'user', id: userId }, { client: from })
  const archive = await findArchive(ctx, { exportId, userId, sessionId })
  if (!archive) throw downloadLinkOver()
  await ctx.write(async (scope) => recordSecurityEvent(scope, { kind: 'export.downloaded', about: { type: 'export', id: exportId } }))
  const folder = `${archive.slug}-${archive.requestedAt.toISOString().slice(0, 10)}`
  const body = Readable.from(streamArchive(ctx, exportId, folder, archive.requestedAt), { objectMode: false })
  return { contentType: 'application/gzip', fileName: `${folder}.tar.gz`, body }
}

const findArchive = (ctx: Ctx, { exportId, userId, sessionId }: Pick<TicketHolder, 'exportId' | 'userId' | 'sessionId'>) =>
  ctx.db
    .selectFrom('organizationExport')
    .innerJoin('organization', 'organization.organizationId', 'organizationExport.organizationId')
    .innerJoin('membership', 'membership.organizationId', 'organizationExport.organizationId')
    .innerJoin('session', (join) => join.onRef('session.organizationId', '=', 'membership.organizationId').onRef('session.userId', '=', 'membership.userId'))
    .select(['organization.slug', 'organizationExport.requestedAt'])
    .where('organizationExport.id', '=', exportId)
    .where('organizationExport.state', '=', 'ready')
    .where('organizationExport.expiresAt', '>', sql<Date>`now()`)
    .where('organization.erasingSince', 'is', null)
    .where('membership.userId', '=', userId)
    .where('membership.role', '=', 'owner')
    .where('membership.disabledAt', 'is', null)
    .where('session.id', '=', sessionId)
    .where('session.revokedAt', 'is', null)
    .executeTakeFirst()
