import { defineError } from '@ai-crm/platform'

export const repeatWithoutDue = defineError(
  'crm.task.repeat_without_due',
  422,
  () => 'Say when the task is due: the next one is counted from that.',
  () => ({ fields: [{ field: '/repeats', message: 'Only a task that is due at some time comes again' }] }),
)
