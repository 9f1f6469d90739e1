import { authSagaRequested, aiSagaAnswered } from '@ai-crm/contracts'
import { teamConsumers } from '@ai-crm/platform'
import { contactConsumers } from './contacts/consumers.ts'
import { conversationConsumers } from './conversations/consumers.ts'
import { ai } from './ctx.ts'
import { exporting } from './exporting.ts'
import { personData } from './persons/person-data.ts'
import { draftJobs } from './drafts/jobs.ts'
import { draftRoutes } from './drafts/routes.ts'
import { noteRoutes } from './notes/routes.ts'
import { settingsConsumers } from './settings/consumers.ts'
import { settingsRoutes } from './settings/routes.ts'

export default ai.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: { requested: authSagaRequested, answered: aiSagaAnswered },
  exporting,
  person: personData,
  routes: [draftRoutes, noteRoutes, settingsRoutes],
  consumers: [...settingsConsumers, ...contactConsumers, ...conversationConsumers, ...teamConsumers('ai')],
  handlesAggregatesSideBySide: true,
  jobs: draftJobs,
})
