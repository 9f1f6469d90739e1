import type { Message } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'

type Decision = 'send' | 'discard' | 'treat-as-sent'

/** Taking back what is queued, deciding about what failed, is held or unknown. */
export function useDeliveryDecision({ id, conversationId }: Message) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const refresh = () => void cache.invalidateQueries({ queryKey: ['messaging', 'messages', conversationId] })
  const onError = (error: Error) => {
    refresh()
    showToast({ kind: 'problem', text: explain(error, t) })
  }
  const cancel = useCommand({
    run: (_: undefined, idempotencyKey) => api.messaging.cancelMessage({ params: { messageId: id }, idempotencyKey }),
    onSuccess: () => {
      refresh()
      showToast({ kind: 'done', text: t('thread.takenBack') })
    },
    onError,
  })
  const resolve = useCommand({
    run: (decision: Decision, idempotencyKey) => api.messaging.resolveMessage({ params: { messageId: id }, body: { decision }, idempotencyKey }),
    onSuccess: () => {
      refresh()
      showToast({ kind: 'done', text: t('thread.decided') })
    },
    onError,
  })
  return {
    isBusy: cancel.isPending || resolve.isPending,
    cancel: () => cancel.mutate(undefined),
    resolve: (decision: Decision) => resolve.mutate(decision),
  }
}
