import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'
import { GivenTaskRepeat, TaskRepeat } from './task-repeat.ts'

const Note = z.string().trim().min(1).max(5000)
const record = z.uuid().nullable()

/** About at most one of contact, company and deal. */
export const CreateTask = z.strictObject({
  title: Line(200),
  note: Note.nullable().default(null),
  dueAt: Instant.nullable().default(null),
  /** When the assignee is reminded, on the screen and by mail; in the past: at once. */
  remindAt: Instant.nullable().default(null),
  /** How it comes again; only of a task that is due at some time. */
  repeats: GivenTaskRepeat.nullable().default(null),
  /** Who is to do it. Absent: whoever makes it; null: nobody yet. */
  assigneeId: z.uuid().nullable().optional(),
  contactId: record.default(null),
  companyId: record.default(null),
  dealId: record.default(null),
})
export type CreateTask = z.infer<typeof CreateTask>

/** Absent fields stay as they are; null empties one. Naming another record lets go of the one before. */
export const UpdateTask = z.strictObject({
  title: Line(200).optional(),
  note: Note.nullable().optional(),
  dueAt: Instant.nullable().optional(),
  remindAt: Instant.nullable().optional(),
  repeats: GivenTaskRepeat.nullable().optional(),
  assigneeId: z.uuid().nullable().optional(),
  contactId: record.optional(),
  companyId: record.optional(),
  dealId: record.optional(),
  /** True completes the task, and makes the next one of a task that repeats, once; false opens it again, and takes the next one back as long as nobody has touched it. */
  isDone: z.boolean().optional(),
})
export type UpdateTask = z.infer<typeof UpdateTask>

export const Task = z.object({
  id: z.uuid(),
  title: z.string(),
  note: z.string().nullable(),
  dueAt: Instant.nullable(),
  remindAt: Instant.nullable(),
  /** When the reminder went out; null: not yet, or none is wanted. */
  remindedAt: Instant.nullable(),
  repeats: TaskRepeat.nullable(),
  /** The next one, of a task that repeats and is done. */
  followedById: z.uuid().nullable(),
  assigneeId: z.uuid().nullable(),
  contactId: z.uuid().nullable(),
  companyId: z.uuid().nullable(),
  dealId: z.uuid().nullable(),
  /** Name of the contact or company, title of the deal; null also where whoever asks may not see it. */
  aboutName: z.string().nullable(),
  createdById: z.uuid().nullable(),
  doneAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
})
export type Task = z.infer<typeof Task>

/** Open tasks by the time at which they are due, those without one last; done ones newest first. `assignee`: `teams` is anybody in a team of mine. */
export const TaskSearch = PageQuery.extend({
  state: z.enum(['open', 'done']).default('open'),
  assignee: z.enum(['mine', 'teams', 'nobody']).optional(),
  /** Due before this instant. */
  dueBefore: Instant.optional(),
  contactId: z.uuid().optional(),
  companyId: z.uuid().optional(),
  dealId: z.uuid().optional(),
})
export type TaskSearch = z.infer<typeof TaskSearch>

const taskParams = idParams('taskId')

export const taskEndpoints = defineEndpoints('crm', {
  createTask: {
    method: 'POST',
    path: '/tasks',
    summary: 'Create a task',
    access: 'crm.task.create',
    idempotency: 'key',
    body: CreateTask,
    response: Task,
    status: 201,
    cost: 2,
  },
  listTasks: {
    method: 'GET',
    path: '/tasks',
    summary: 'List tasks: one’s own, and those about records that one may see',
    access: 'crm.task.read',
    idempotency: 'safe',
    query: TaskSearch,
    response: pageOf(Task),
    status: 200,
  },
  listReminders: {
    method: 'GET',
    path: '/tasks/reminders',
    summary: 'My open tasks of which I was reminded, newest first',
    access: 'crm.task.read',
    idempotency: 'safe',
    response: z.object({ items: z.array(Task) }),
    status: 200,
  },
  getTask: {
    method: 'GET',
    path: '/tasks/:taskId',
    summary: 'Read one task',
    access: 'crm.task.read',
    idempotency: 'safe',
    params: taskParams,
    response: Task,
    status: 200,
    concurrency: 'etag',
  },
  updateTask: {
    method: 'PATCH',
    path: '/tasks/:taskId',
    summary: 'Change a task, complete it, open it again',
    access: 'crm.task.update',
    idempotency: 'key',
    params: taskParams,
    body: UpdateTask,
    response: Task,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  deleteTask: {
    method: 'DELETE',
    path: '/tasks/:taskId',
    summary: 'Delete a task',
    access: 'crm.task.delete',
    idempotency: 'natural',
    params: taskParams,
    status: 204,
    cost: 2,
  },
})
