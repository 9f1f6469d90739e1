import { taskCreated, type Task } from '@ai-crm/contracts'

/** The whole task as it began. */
export const createdEvent = ({ id, title, note, dueAt, remindAt, repeats, assigneeId, contactId, companyId, dealId }: Task) =>
  taskCreated({ taskId: id, title, note, dueAt, remindAt, repeats, assigneeId, contactId, companyId, dealId })
