import type { Conversation } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { refreshConversations } from '../inbox/cached-conversations.ts'

export interface Reply {
  subject: string
  text: string
  /** Send although the customer wrote something newer. */
  force: boolean
  /** The newest inbound message that was on screen when the reply was begun. */
  seenMessageId: string | null
}

export function useSendReply({ id }: Conversation, onSent: () => void) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  return useCommand({
    run: ({ subject, text, force, seenMessageId }: Reply, idempotencyKey) =>
      api.messaging.sendReply({
        params: { conversationId: id },
        body: { text, ...(subject ? { subject } : {}), answersMessageId: seenMessageId, force },
        idempotencyKey,
      }),
    onSuccess: (message) => {
      refreshConversations(cache, id)
      onSent()
      const undo = () => void api.messaging.cancelMessage({ params: { messageId: message.id } }).finally(() => refreshConversations(cache, id))
      showToast({ kind: 'done', text: t('composer.queued'), action: { label: t('common.undo'), run: undo } })
    },
  })
}
