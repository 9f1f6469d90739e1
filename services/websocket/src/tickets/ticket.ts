import { FieldRules, RecordScopes } from '@ai-crm/contracts'
import { cacheKey } from '@ai-crm/platform'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** A ticket opens one socket within this time. It carries nothing: what it stands for is kept on our side. */
export const TICKET_SECONDS = 30
const TICKET_BYTES = 32

export const TicketText = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
export const newTicket = (): string => randomBytes(TICKET_BYTES).toString('base64url')

/** Kept by its hash: who reads the cache cannot use what is in it. */
export const ticketKey = (ticket: string): string => cacheKey('global', 'live-ticket', createHash('sha256').update(ticket).digest('base64url'))

/** Whose access token bought the ticket: the verified origin of everything that the socket may see. */
export const TicketHolder = z.object({
  userId: z.uuid(),
  organizationId: z.uuid(),
  customRoleId: z.uuid().nullable(),
  sessionId: z.uuid(),
  permissions: z.array(z.string()),
  scopes: RecordScopes,
  fields: FieldRules,
  issuedAtMs: z.number(),
  expiresAtMs: z.number(),
})
export type TicketHolder = z.infer<typeof TicketHolder>
