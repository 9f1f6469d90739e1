import { authSagaRequested, crmSagaAnswered } from '@ai-crm/contracts'
import { teamConsumers } from '@ai-crm/platform'
import { contactConsumers } from './contacts/consumers.ts'
import { contactJobs } from './contacts/jobs.ts'
import { contactRoutes } from './contacts/routes.ts'
import { crm } from './ctx.ts'
import { exporting } from './exporting.ts'
import { timelineConsumers } from './timeline/consumers.ts'
import { timelineRoutes } from './timeline/routes.ts'

export default crm.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: { requested: authSagaRequested, answered: crmSagaAnswered },
  exporting,
  routes: [contactRoutes, timelineRoutes],
  consumers: [...timelineConsumers, ...contactConsumers, ...teamConsumers('crm')],
  handlesAggregatesSideBySide: true,
  jobs: contactJobs,
})
