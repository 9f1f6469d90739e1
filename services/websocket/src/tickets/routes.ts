import { websocketEndpoints } from '@ai-crm/contracts'
import { defineError } from '@ai-crm/platform'
import { websocket } from '../ctx.ts'
import { createTicket } from './create-ticket.ts'

const noPrincipal = defineError('websocket.ticket.unauthenticated', 401, () => 'Sign in first.')

export const ticketRoutes = [
  websocket.handle(websocketEndpoints.createLiveTicket, async (ctx, _input, { principal }) => {
    if (!principal) throw noPrincipal()
    return createTicket(ctx, principal)
  }),
]
