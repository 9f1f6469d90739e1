import { websocket } from './ctx.ts'
import { sessionConsumers } from './sockets/consumers.ts'
import { serveSockets } from './sockets/serve-sockets.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { updateConsumers } from './updates/consumers.ts'

export default websocket.define({
  migrations: new URL('../migrations/', import.meta.url),
  routes: [ticketRoutes],
  consumers: [...updateConsumers, ...sessionConsumers],
  handlesAggregatesSideBySide: true,
  extensions: [serveSockets],
})
