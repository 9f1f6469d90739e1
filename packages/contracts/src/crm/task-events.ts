import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { TaskRepeat } from './task-repeat.ts'

const text = z.string().nullable()
const id = z.uuid().nullable()
const at = z.iso.datetime().nullable()
const aggregate = { type: 'task', id: 'taskId' } as const
/** The one record that the task is about, if there is one. */
const about = { contactId: id, companyId: id, dealId: id }

/** The whole task as it began: folding `task.*` gives the row. */
export const taskCreated = defineEvent(
  'task.created',
  1,
  aggregate,
  z.object({
    taskId: z.uuid(),
    title: z.string(),
    note: text,
    dueAt: at,
    /** When the assignee is reminded. */
    remindAt: at,
    /** How it comes again. */
    repeats: TaskRepeat.nullable().optional(),
    /** Who is to do it; null: nobody yet. */
    assigneeId: id,
    ...about,
    /** The stage that it came with, of a task that a deal got on its way. */
    stage: z.string().nullable().optional(),
  }),
  { visibility: 'public' },
)

const change = z.object({ from: text, to: text })
const changeOfId = z.object({ from: id, to: id })
const changeOfTime = z.object({ from: at, to: at })
/** Only the fields that changed. `contactId`, `companyId` and `dealId` name what the task is about afterwards. */
export const taskUpdated = defineEvent(
  'task.updated',
  1,
  aggregate,
  z.object({
    taskId: z.uuid(),
    ...about,
    changes: z.object({
      title: z.object({ from: z.string(), to: z.string() }).optional(),
      note: change.optional(),
      dueAt: changeOfTime.optional(),
      remindAt: changeOfTime.optional(),
      repeats: z.object({ from: TaskRepeat.nullable(), to: TaskRepeat.nullable() }).optional(),
      assigneeId: changeOfId.optional(),
      contactId: changeOfId.optional(),
      companyId: changeOfId.optional(),
      dealId: changeOfId.optional(),
    }),
  }),
  { visibility: 'public' },
)

const named = z.object({ taskId: z.uuid(), title: z.string(), ...about })
/** `followedById`: the next one, of a task that repeats. Reopening takes it back: its `task.deleted` tells so. */
export const taskCompleted = defineEvent('task.completed', 1, aggregate, named.extend({ followedById: id.optional() }), { visibility: 'public' })
export const taskReopened = defineEvent('task.reopened', 1, aggregate, named, { visibility: 'public' })
export const taskDeleted = defineEvent('task.deleted', 1, aggregate, named, { visibility: 'public' })

/** The time came at which somebody wanted to be reminded of a task that is still open. No change of the task: an aggregate of its own. */
export const taskReminded = defineEvent(
  'task.reminded',
  1,
  { type: 'task-reminder', id: 'reminderId' },
  named.extend({
    reminderId: z.uuid(),
    /** Who is reminded: the assignee, or whoever made a task that is nobody's. */
    userId: id,
    dueAt: at,
  }),
  { visibility: 'public' },
)
