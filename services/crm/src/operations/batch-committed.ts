import { defineFailpoint } from '@ai-crm/platform'

/** After each transaction of a job that works on many records. */
export const batchCommitted = defineFailpoint('batch.committed', 'Some of many records are done with, others not; by the job')
