import { authSagaRequested, crmSagaAnswered } from '@ai-crm/contracts'
import { memberConsumers, teamConsumers } from '@ai-crm/platform'
import { boardRoutes } from './boards/routes.ts'
import { companyJobs } from './companies/jobs.ts'
import { companyRoutes } from './companies/routes.ts'
import { contactRoutes } from './contacts/routes.ts'
import { crm, type Ctx } from './ctx.ts'
import { dealJobs } from './deals/jobs.ts'
import { dealRoutes } from './deals/routes.ts'
import { duplicateJobs } from './duplicates/jobs.ts'
import { duplicateRoutes } from './duplicates/routes.ts'
import { exporting } from './exporting.ts'
import { erasedPeople } from './persons/erased-people.ts'
import { personErasureConsumers } from './persons/consumers.ts'
import { personData } from './persons/person-data.ts'
import { personErasureRoutes } from './persons/routes.ts'
import { fieldJobs } from './fields/jobs.ts'
import { fieldRoutes } from './fields/routes.ts'
import { hideFormulas } from './formulas/hide-formulas.ts'
import { leavingMemberConsumers } from './members/consumers.ts'
import { memberJobs } from './members/jobs.ts'
import { handOverConsumers } from './hand-over/consumers.ts'
import { importJobs } from './imports/jobs.ts'
import { importRoutes } from './imports/routes.ts'
import { listExportRoutes } from './list-export/routes.ts'
import { fileJobs, fileSweeps } from './files/jobs.ts'
import { FILE_RETENTION } from './files/retention.ts'
import { OPERATION_RETENTION } from './operations/retention.ts'
import { fileRoutes } from './files/routes.ts'
import { mergeJobs } from './merges/jobs.ts'
import { mergeRoutes } from './merges/routes.ts'
import { noteRoutes } from './notes/routes.ts'
import { operationConsumers } from './operations/consumers.ts'
import { operationJobs } from './operations/jobs.ts'
import { operationRoutes } from './operations/routes.ts'
import { personConsumers } from './people/consumers.ts'
import { searchRoutes } from './search/routes.ts'
import { searching } from './search/searching.ts'
import { stageConsumers } from './stages/consumers.ts'
import { stageJobs } from './stages/jobs.ts'
import { tagJobs } from './tags/jobs.ts'
import { tagRoutes } from './tags/routes.ts'
import { taskJobs } from './tasks/jobs.ts'
import { taskRoutes } from './tasks/routes.ts'
import { timelineConsumers } from './timeline/consumers.ts'
import { timelineProjection } from './timeline/projection.ts'
import { timelineRoutes } from './timeline/routes.ts'
import { trashJobs } from './trash/jobs.ts'
import { trashRoutes } from './trash/routes.ts'
import { viewConsumers } from './views/consumers.ts'
import { viewRoutes } from './views/routes.ts'

export default crm.define({
  migrations: new URL('../migrations/', import.meta.url),
  erasure: {
    requested: authSagaRequested,
    answered: crmSagaAnswered,
    before: async (ctx: Ctx) => ctx.search?.forget(ctx.organizationId, ctx.signal),
  },
  exporting,
  searching,
  person: personData,
  erasedPeople,
  followRules: hideFormulas,
  routes: [
    importRoutes,
    listExportRoutes,
    contactRoutes,
    companyRoutes,
    dealRoutes,
    boardRoutes,
    fieldRoutes,
    duplicateRoutes,
    mergeRoutes,
    fileRoutes,
    noteRoutes,
    operationRoutes,
    searchRoutes,
    personErasureRoutes,
    tagRoutes,
    taskRoutes,
    timelineRoutes,
    trashRoutes,
    viewRoutes,
  ],
  consumers: [
    ...timelineConsumers,
    ...leavingMemberConsumers,
    ...operationConsumers,
    ...personConsumers,
    ...stageConsumers,
    ...handOverConsumers,
    ...personErasureConsumers,
    ...viewConsumers,
    ...memberConsumers('crm'),
    ...teamConsumers('crm'),
  ],
  handlesAggregatesSideBySide: true,
  projections: [timelineProjection],
  retention: [
    OPERATION_RETENTION,
    // A file is there to be imported, not to be kept.
    { table: 'import_chunk', column: 'created_at', days: 7 },
    { table: 'import', column: 'created_at', days: 90, parts: [{ table: 'import_refusal', of: 'import_id' }] },
    FILE_RETENTION,
  ],
  sweeps: fileSweeps,
  jobs: [
    ...companyJobs,
    ...dealJobs,
    ...fieldJobs,
    ...fileJobs,
    ...importJobs,
    ...memberJobs,
    ...duplicateJobs,
    ...mergeJobs,
    ...operationJobs,
    ...stageJobs,
    ...tagJobs,
    ...taskJobs,
    ...trashJobs,
  ],
})
