import { pipeline } from '../ctx.ts'
import { findRotting } from './find-rotting.ts'
import { findRottingJob } from './watch-rotting.ts'

export const rottingJobs = [pipeline.job({ ...findRottingJob, handle: findRotting })]
