import type { Draft, DraftLength, Tone } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'

export interface DraftWish {
  tone?: Tone
  length?: DraftLength
}

/** Generating, approving, rejecting. A draft that changed meanwhile (409, 412) is fetched anew and said so. */
export function useDraftDecisions(conversationId: string, onDecided: () => void) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const refresh = () => {
    void cache.invalidateQueries({ queryKey: ['ai', 'drafts'] })
    void cache.invalidateQueries({ queryKey: ['messaging', 'conversation', conversationId] })
  }
  const onError = (error: Error) => {
    refresh()
    showToast({ kind: 'problem', text: isStatus(error, 409, 412) ? t('draft.conflict') : explain(error, t) })
  }
  const decided = (text: string) => {
    refresh()
    void cache.invalidateQueries({ queryKey: ['messaging', 'messages', conversationId] })
    showToast({ kind: 'done', text })
    onDecided()
  }
  const generate = useCommand({
    run: ({ tone, length }: DraftWish, idempotencyKey) =>
      api.ai.generateDraft({ params: { conversationId }, body: { ...(tone ? { tone } : {}), ...(length ? { length } : {}) }, idempotencyKey }),
    onSuccess: () => {
      onDecided()
      refresh()
    },
    onError,
  })
  const approve = useCommand({
    run: ({ draft, subject, body }: { draft: Draft; subject: string; body: string }, idempotencyKey) =>
      api.ai.approveDraft({ params: { draftId: draft.id }, body: { subject, body }, ifMatch: draft.version, idempotencyKey }),
    onSuccess: () => decided(t('draft.approved')),
    onError,
  })
  const reject = useCommand({
    run: (draft: Draft, idempotencyKey) => api.ai.rejectDraft({ params: { draftId: draft.id }, body: {}, ifMatch: draft.version, idempotencyKey }),
    onSuccess: () => decided(t('draft.rejected')),
    onError,
  })
  return { generate, approve, reject }
}
