import { pipeline } from '../ctx.ts'
import { takeSnapshots, takeSnapshotsJob } from './take-snapshots.ts'

export const forecastJobs = [pipeline.job({ ...takeSnapshotsJob, handle: takeSnapshots, timeoutMs: 120_000 })]
