import { authSagaRequested, webhookSagaAnswered } from '@ai-crm/contracts'
import { webhook } from './ctx.ts'
import { exporting } from './exporting.ts'
import { sealed } from './sealed.ts'
import { personData } from './persons/person-data.ts'
import { deliveryConsumers } from './deliveries/consumers.ts'
import { deliveryJobs } from './deliveries/jobs.ts'
import { deliveryRoutes } from './deliveries/routes.ts'
import { subscriptionRoutes } from './subscriptions/routes.ts'

export default webhook.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: { requested: authSagaRequested, answered: webhookSagaAnswered },
  exporting,
  sealed,
  person: personData,
  routes: [subscriptionRoutes, deliveryRoutes],
  consumers: deliveryConsumers,
  handlesAggregatesSideBySide: true,
  jobs: deliveryJobs,
})
