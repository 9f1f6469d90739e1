import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant } from '../core/page.ts'

export const LiveTicket = z.object({ ticket: z.string(), expiresAt: Instant })
export type LiveTicket = z.infer<typeof LiveTicket>

export const websocketEndpoints = defineEndpoints('websocket', {
  createLiveTicket: {
    method: 'POST', path: '/live/tickets', summary: 'A ticket for one socket connection: single use, 30 s',
    // exempt: a ticket that nobody uses dies by itself.
    access: 'signed-in', idempotency: 'exempt', response: LiveTicket, status: 201, cost: 2,
  },
})
