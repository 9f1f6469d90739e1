import { authSagaRequested, websocketSagaAnswered } from '@ai-crm/contracts'
import { websocket } from './ctx.ts'
import { exporting } from './exporting.ts'
import { sessionConsumers } from './sockets/consumers.ts'
import { serveSockets } from './sockets/serve-sockets.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { updateConsumers } from './updates/consumers.ts'

export default websocket.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: { requested: authSagaRequested, answered: websocketSagaAnswered },
  exporting,
  routes: [ticketRoutes],
  consumers: [...updateConsumers, ...sessionConsumers],
  handlesAggregatesSideBySide: true,
  extensions: [serveSockets],
})
