import { messaging } from '../ctx.ts'
import { attachmentScanning } from './scan-attachments.ts'

export const contentJobs = [messaging.job(attachmentScanning.scanJob), messaging.job(attachmentScanning.renewJob)]
