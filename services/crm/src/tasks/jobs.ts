import { crm } from '../ctx.ts'
import { handOverTasks, handOverTasksOf } from './hand-over-tasks.ts'
import { reminderJob } from './remind-of-task.ts'

export const taskJobs = [crm.job(reminderJob), crm.job({ ...handOverTasksOf, timeoutMs: 120_000, handle: handOverTasks })]
