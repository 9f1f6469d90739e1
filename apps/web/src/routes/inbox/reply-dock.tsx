import type { Conversation } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { SwitchedOffNote } from '../../ui/switched-off-note.tsx'
import { channelsQuery } from '../../features/messaging/channels/queries.ts'
import { Composer } from '../../features/messaging/composer/composer.tsx'
import { useCan } from '../../lib/session/session-store.ts'
import type { Reply } from './use-reply.ts'

/** The person's own reply, always within reach at the foot of the conversation. */
export function ReplyDock({ conversation, isLocked, reply }: { conversation: Conversation; isLocked: boolean; reply: Reply }) {
  const { t } = useTranslation()
  const canSend = useCan('messaging.message.send')
  const channel = useQuery(channelsQuery).data?.items.find(({ id }) => id === conversation.channelId)
  if (!canSend) return null
  if (isLocked)
    return (
      <p className="flex shrink-0 items-center justify-center gap-2 border-t border-line px-4 py-3 text-xs text-muted">
        <Lock aria-hidden className="size-3.5 shrink-0" />
        {t('thread.locked')}
      </p>
    )
  return (
    <div className="shrink-0 border-t border-line">
      <div className="mx-auto flex max-w-4xl flex-col gap-2.5 px-3 py-3 md:px-5">
        <SwitchedOffNote flag="outbound-sends" />
        <Composer
          conversation={conversation}
          channel={channel}
          isOpen={reply.isOpen}
          text={reply.text}
          onText={reply.write}
          onOpen={reply.open}
          onClose={reply.close}
        />
      </div>
    </div>
  )
}
