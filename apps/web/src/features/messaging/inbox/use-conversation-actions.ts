import type { Conversation } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { patchCachedConversation, refreshConversations } from './cached-conversations.ts'

export interface ConversationChange {
  status?: Conversation['status']
  assigneeId?: string | null
  snoozedUntil?: string | null
}

/** Close, reopen, snooze, assign: shown at once, taken back when the server refuses. */
export function useConversationActions(conversation: Conversation) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { id } = conversation

  const update = useCommand({
    run: (input: { change: ConversationChange; version: number }, idempotencyKey) =>
      api.messaging.updateConversation({ params: { conversationId: id }, body: input.change, ifMatch: input.version, idempotencyKey }),
    onSuccess: (updated) => {
      patchCachedConversation(cache, id, updated)
      refreshConversations(cache, id)
    },
    onError: (error) => {
      refreshConversations(cache, id)
      showToast({ kind: 'problem', text: isStatus(error, 409, 412) ? t('thread.conflict') : explain(error, t) })
    },
  })

  const change = (next: ConversationChange, told?: string, before?: ConversationChange) => {
    patchCachedConversation(cache, id, next)
    update.mutate(
      { change: next, version: conversation.version },
      {
        onSuccess: ({ version }) => {
          if (!told || !before) return
          showToast({ kind: 'done', text: told, action: { label: t('common.undo'), run: () => update.mutate({ change: before, version }) } })
        },
      },
    )
  }

  const before: ConversationChange = { status: conversation.status, snoozedUntil: conversation.snoozedUntil }
  return {
    isBusy: update.isPending,
    close: () => change({ status: 'closed' }, t('thread.closed'), before),
    reopen: () => change({ status: 'open' }, t('thread.reopened'), before),
    snooze: (until: Date) => change({ status: 'snoozed', snoozedUntil: until.toISOString() }, t('thread.snoozed'), before),
    assign: (userId: string | null) => change({ assigneeId: userId }),
  }
}
export type ConversationActions = ReturnType<typeof useConversationActions>
