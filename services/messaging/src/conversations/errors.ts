import { defineError } from '@ai-crm/platform'

export const snoozeNeedsTime = defineError(
  'messaging.conversation.snooze_needs_time',
  400,
  () => 'A conversation is snoozed until a moment in the future.',
  () => ({ fields: [{ field: '/snoozedUntil', message: 'Give a moment in the future.' }] }),
)
