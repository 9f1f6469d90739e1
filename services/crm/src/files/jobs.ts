import { crm } from '../ctx.ts'
import { fileScanning } from './scan-file.ts'

export const fileJobs = [crm.job(fileScanning.scanJob), crm.job(fileScanning.renewJob)]

/** Old verdicts are renewed in organisations too that have had nothing scanned since. */
export const fileSweeps = [crm.sweep(fileScanning.renewSweep)]
