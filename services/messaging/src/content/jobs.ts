import { messaging } from '../ctx.ts'
import { scan, scanAttachmentsJob } from './scan-attachments.ts'

export const contentJobs = [messaging.job({ ...scanAttachmentsJob, handle: scan, timeoutMs: 300_000, concurrency: 2 })]
