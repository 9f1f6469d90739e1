import { websocketEndpoints } from '@ai-crm/contracts'
import { websocket } from '../ctx.ts'
import { createTicket } from './create-ticket.ts'
import { noPrincipal } from './errors.ts'

export const ticketRoutes = [
  websocket.handle(websocketEndpoints.createLiveTicket, async (ctx, _input, { principal }) => {
    if (!principal) throw noPrincipal()
    return createTicket(ctx, principal)
  }),
]
