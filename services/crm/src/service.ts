import { authSagaRequested, crmSagaAnswered } from '@ai-crm/contracts'
import { contactRoutes } from './contacts/routes.ts'
import { crm } from './ctx.ts'
import { timelineConsumers } from './timeline/consumers.ts'
import { timelineRoutes } from './timeline/routes.ts'

export default crm.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: { requested: authSagaRequested, answered: crmSagaAnswered },
  routes: [contactRoutes, timelineRoutes],
  consumers: timelineConsumers,
})
