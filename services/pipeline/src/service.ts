import { authSagaRequested, pipelineSagaAnswered } from '@ai-crm/contracts'
import { teamConsumers, teamProjection } from '@ai-crm/platform'
import { pipeline } from './ctx.ts'
import { exporting } from './exporting.ts'
import { currencyRoutes } from './currencies/routes.ts'
import { forecastJobs } from './forecast/jobs.ts'
import { forecastRoutes } from './forecast/routes.ts'
import { handOverWonDeal } from './hand-over/hand-over-saga.ts'
import { handOverRoutes } from './hand-over/routes.ts'
import { historyConsumers } from './history/consumers.ts'
import { historyProjection } from './history/projection.ts'
import { historyRoutes } from './history/routes.ts'
import { personData } from './persons/person-data.ts'
import { pipelineConsumers } from './pipelines/consumers.ts'
import { pipelineRoutes } from './pipelines/routes.ts'
import { rottingJobs } from './rotting/jobs.ts'
import { templateRoutes } from './templates/routes.ts'

export default pipeline.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: { requested: authSagaRequested, answered: pipelineSagaAnswered },
  exporting,
  person: personData,
  routes: [pipelineRoutes, templateRoutes, historyRoutes, handOverRoutes, currencyRoutes, forecastRoutes],
  consumers: [...pipelineConsumers, ...historyConsumers, ...teamConsumers('pipeline')],
  sagas: [handOverWonDeal],
  projections: [historyProjection, teamProjection('pipeline')],
  jobs: [...rottingJobs, ...forecastJobs],
})
