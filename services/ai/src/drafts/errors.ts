import { defineError } from '@ai-crm/platform'

/** The stale-draft guard: somebody wrote after the draft was made. */
export const draftOutdated = defineError(
  'ai.draft.outdated',
  409,
  (_outdatedByMessageId: string | null) => 'The conversation went on after this draft was written. Read the new message, then ask for a new draft.',
  (outdatedByMessageId) => ({ context: { outdatedByMessageId } }),
)

export const draftNotWaiting = defineError(
  'ai.draft.not_waiting',
  409,
  (status: string) => `This draft is ${status}; only a waiting draft can be decided.`,
  (status) => ({ context: { status } }),
)

export const unfilledGap = defineError(
  'ai.draft.unfilled_gap',
  422,
  (gap: string) => `Fill in or delete what the draft left open first: ${gap}`,
  (gap) => ({ fields: [{ field: '/body', message: `Contains ${gap}` }], context: { gap } }),
)

export const nothingToAnswer = defineError('ai.draft.nothing_to_answer', 409, () => 'The customer has not written in this conversation yet.')

export const draftsSwitchedOff = defineError(
  'ai.draft.switched_off',
  409,
  () => 'AI drafts are switched off at the moment. Write the reply yourself, or ask again when they are on.',
)

export const personRequired = defineError('ai.draft.person_required', 403, () => 'Only a person can decide about a draft.')

export const budgetExhausted = defineError(
  'ai.draft.budget_exhausted',
  429,
  (limit: number) => `This organisation had its ${limit} drafts of this hour.`,
  () => ({ retryAfterSeconds: 600 }),
)
