import {
  companyCreated,
  companyDeleted,
  companyMerged,
  companyRestored,
  companyUnmerged,
  companyUpdated,
  contactCreated,
  contactDeleted,
  contactMerged,
  contactRestored,
  contactUnmerged,
  contactUpdated,
  dealCreated,
  dealDeleted,
  dealRestored,
  dealUpdated,
  noteCreated,
  noteDeleted,
  noteUpdated,
  SEARCHED_KINDS,
  taskCompleted,
  taskCreated,
  taskDeleted,
  taskReopened,
  taskUpdated,
} from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { feed, feedIndex, noteChange } from './feed-index.ts'
import { goneMeanwhile } from './gone-with-person.ts'
import { countDocuments, documentPage } from './record-documents.ts'

const CHANGES = {
  contact: [contactCreated, contactUpdated, contactDeleted, contactRestored, contactMerged, contactUnmerged],
  company: [companyCreated, companyUpdated, companyDeleted, companyRestored, companyMerged, companyUnmerged],
  deal: [dealCreated, dealUpdated, dealDeleted, dealRestored],
  task: [taskCreated, taskUpdated, taskCompleted, taskReopened, taskDeleted],
  note: [noteCreated, noteUpdated, noteDeleted],
} as const

/** What of crm is in the index beside the database, where there is one. */
export const searching = crm.searching({
  consumers: SEARCHED_KINDS.flatMap((record) =>
    CHANGES[record].map((event) =>
      crm.consume({ name: 'crm.note-search-change', event, handle: (scope, { aggregate }) => noteChange(scope, record, aggregate.id) }),
    ),
  ),
  jobs: [crm.job({ ...feedIndex, timeoutMs: 120_000, concurrency: 2, handle: feed })],
  page: documentPage,
  gone: goneMeanwhile,
  count: countDocuments,
})
