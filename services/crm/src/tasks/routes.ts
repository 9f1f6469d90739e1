import { taskEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { createTask } from './create-task.ts'
import { deleteTask } from './delete-task.ts'
import { getTask } from './get-task.ts'
import { listReminders } from './list-reminders.ts'
import { listTasks } from './list-tasks.ts'
import { updateTask } from './update-task.ts'

export const taskRoutes = [
  crm.handle(taskEndpoints.createTask, async (ctx, { body }) => createTask(ctx, body)),
  crm.handle(taskEndpoints.listTasks, async (ctx, { query }) => listTasks(ctx, query)),
  crm.handle(taskEndpoints.listReminders, async (ctx) => listReminders(ctx)),
  crm.handle(taskEndpoints.getTask, async (ctx, { params }) => getTask(ctx, params.taskId)),
  crm.handle(taskEndpoints.updateTask, async (ctx, { params, body }, http) => updateTask(ctx, params.taskId, http.expectedVersion, body)),
  crm.handle(taskEndpoints.deleteTask, async (ctx, { params }) => deleteTask(ctx, params.taskId)),
]
