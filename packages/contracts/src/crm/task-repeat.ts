import { z } from 'zod'
import { ContactTimeZone } from './contact-person.ts'

/** How often something is to be done; `weekday`: from Monday to Friday. */
export const TASK_PACES = ['day', 'weekday', 'week', 'month'] as const
export const TaskPace = z.enum(TASK_PACES)
export type TaskPace = z.infer<typeof TaskPace>

/** When a task is done, the next one is made. Days are counted as the calendar of the zone has them, from the time at which it was due. */
export const GivenTaskRepeat = z.strictObject({ every: TaskPace, zone: ContactTimeZone.default('UTC') })
export type GivenTaskRepeat = z.infer<typeof GivenTaskRepeat>

/** `day`: of which day of the month the task is, of one that comes every month: the 31st stays that after a February. */
export const TaskRepeat = z.object({ every: TaskPace, zone: z.string(), day: z.number().int().min(1).max(31).nullable() })
export type TaskRepeat = z.infer<typeof TaskRepeat>
