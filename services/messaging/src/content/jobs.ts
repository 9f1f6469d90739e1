import { messaging } from '../ctx.ts'
import { attachmentScanning } from './scan-attachments.ts'

export const contentJobs = [messaging.job(attachmentScanning.scanJob), messaging.job(attachmentScanning.renewJob)]

/** Old verdicts are renewed in organisations too that have had nothing scanned since. */
export const contentSweeps = [messaging.sweep(attachmentScanning.renewSweep)]
