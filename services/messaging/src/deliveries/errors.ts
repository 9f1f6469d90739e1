import { defineError } from '@ai-crm/platform'

export const newerMessage = defineError(
  'messaging.message.newer_inbound',
  409,
  (_newestMessageId: string) => 'The customer has written again. Read the new message, or send all the same.',
  (newestMessageId) => ({ context: { newestMessageId } }),
)
export const cannotCancel = defineError(
  'messaging.message.cannot_cancel',
  409,
  (state: string) => `The message cannot be taken back any more: it is ${state}.`,
  (state) => ({ context: { state } }),
)
export const nothingToDecide = defineError(
  'messaging.message.nothing_to_decide',
  409,
  (state: string) => `There is nothing to decide about this message: it is ${state}.`,
  (state) => ({ context: { state } }),
)
