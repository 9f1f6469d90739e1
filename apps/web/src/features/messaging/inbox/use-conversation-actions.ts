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

interface Update {
  body: ConversationChange
  version: number
  /** What the toast says, and what its undo goes back to. */
  told?: string
  before?: ConversationChange
}

/** Close, reopen, snooze, assign: shown at once, taken back when the server refuses. */
export function useConversationActions(conversation: Conversation) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const { id } = conversation

  const before: ConversationChange = { status: conversation.status, snoozedUntil: conversation.snoozedUntil }

  // Told by the command itself: the screen that asked may be gone by the time of the answer.
  const update = useCommand({
    run: ({ body, version }: Update, idempotencyKey) =>
      api.messaging.updateConversation({ params: { conversationId: id }, body, ifMatch: version, idempotencyKey }),
    onSuccess: (updated, { told, before }) => {
      patchCachedConversation(cache, id, updated)
      refreshConversations(cache, id)
      if (!told || !before) return
      const undo = () => update.mutate({ body: before, version: updated.version })
      showToast({ kind: 'done', text: told, action: { label: t('common.undo'), run: undo } })
    },
    onError: (error) => {
      refreshConversations(cache, id)
      showToast({ kind: 'problem', text: isStatus(error, 409, 412) ? t('thread.conflict') : explain(error, t) })
    },
  })

  const change = (body: ConversationChange, told?: string) => {
    patchCachedConversation(cache, id, body)
    update.mutate({ body, version: conversation.version, ...(told ? { told, before } : {}) })
  }

  return {
    isBusy: update.isPending,
    close: () => change({ status: 'closed' }, t('thread.closed')),
    reopen: () => change({ status: 'open' }, t('thread.reopened')),
    snooze: (until: Date) => change({ status: 'snoozed', snoozedUntil: until.toISOString() }, t('thread.snoozed')),
    assign: (userId: string | null) => change({ assigneeId: userId }),
  }
}
export type ConversationActions = ReturnType<typeof useConversationActions>
