import { crm } from '../ctx.ts'
import { purge, purgeTrash } from './purge-trash.ts'

export const trashJobs = [crm.job({ ...purgeTrash, timeoutMs: 120_000, concurrency: 1, handle: purge })]
