import { defineError } from '@ai-crm/platform'

export const nothingToRepeat = defineError(
  'pipeline.hand_over.nothing_to_repeat',
  409,
  () => 'Only a won deal whose hand-over was undone is handed over again.',
)
