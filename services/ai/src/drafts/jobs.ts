import { z } from 'zod'
import { ai } from '../ctx.ts'
import { failDraft } from './fail-draft.ts'
import { writeDraft } from './write-draft.ts'

const payload = z.object({ draftId: z.uuid() })

export const generateDraft = ai.job({
  name: 'ai.generate-draft',
  payload,
  // Longer than the longest AI_DRAFT_TIMEOUT_MS: the model's deadline strikes first.
  timeoutMs: 90_000,
  handle: (ctx, { draftId }) => writeDraft(ctx, draftId),
})

export const expireDraft = ai.job({
  name: 'ai.expire-draft',
  payload,
  handle: (ctx, { draftId }) => failDraft(ctx, draftId, null, 'Writing the draft took too long. Ask for a new one.'),
})

export const draftJobs = [generateDraft, expireDraft]
