import { crm } from '../ctx.ts'
import { fileScanning } from './scan-file.ts'

export const fileJobs = [crm.job(fileScanning.scanJob), crm.job(fileScanning.renewJob)]
