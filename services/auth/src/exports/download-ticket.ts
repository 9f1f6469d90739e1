import { createHash, randomBytes } from 'node:crypto'
import { cacheKey } from '@ai-crm/platform'
import { z } from 'zod'

/** A ticket saves one archive, once, within this time. It carries nothing: what it stands for is kept on our side. */
export const TICKET_SECONDS = 60
const TICKET_BYTES = 32

export const newTicket = (): string => randomBytes(TICKET_BYTES).toString('base64url')

/** Kept by its hash: who reads the cache cannot use what is in it. */
export const ticketKey = (ticket: string): string => cacheKey('global', 'export-ticket', createHash('sha256').update(ticket).digest('base64url'))

/** Whose session bought it, for which archive. */
export const TicketHolder = z.object({ organizationId: z.uuid(), exportId: z.uuid(), userId: z.uuid(), sessionId: z.uuid() })
export type TicketHolder = z.infer<typeof TicketHolder>
