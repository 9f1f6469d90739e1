import { contactRoutes } from './contacts/routes.ts'
import { crm } from './ctx.ts'
import { timelineConsumers } from './timeline/consumers.ts'
import { timelineRoutes } from './timeline/routes.ts'

export default crm.define({
  migrations: new URL('../migrations/', import.meta.url),
  routes: [contactRoutes, timelineRoutes],
  consumers: timelineConsumers,
  handlesAggregatesSideBySide: true,
})
