import type { Conversation } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DraftPanel } from '../../features/ai/drafts/draft-panel.tsx'
import { channelsQuery } from '../../features/messaging/channels/queries.ts'
import { Composer } from '../../features/messaging/composer/composer.tsx'
import { keepReply, readReply } from '../../features/messaging/composer/reply-text.ts'
import { useCan } from '../../lib/session/session-store.ts'

/** What leaves the conversation: the AI's draft, and below it the person's own reply. One of them stands open. */
export function ReplyDock({ conversation }: { conversation: Conversation }) {
  const canSend = useCan('messaging.message.send')
  const canReadDrafts = useCan('ai.draft.read')
  const channel = useQuery(channelsQuery).data?.items.find(({ id }) => id === conversation.channelId)
  const [text, setText] = useState(() => readReply(conversation.id))
  const [isReplying, setIsReplying] = useState(text !== '')
  const write = (next: string) => {
    setText(next)
    keepReply(conversation.id, next)
  }
  const use = (draftText: string) => {
    write(text.trim() ? `${text.trimEnd()}\n\n${draftText}` : draftText)
    setIsReplying(true)
  }
  return (
    <div className="shrink-0 border-t border-line">
      <div className="mx-auto flex max-w-4xl flex-col gap-2.5 px-3 py-3 md:px-5">
        {canReadDrafts && <DraftPanel conversation={conversation} isFolded={isReplying} onUnfold={() => setIsReplying(false)} onUse={use} />}
        {canSend && (
          <Composer conversation={conversation} channel={channel} isOpen={isReplying} text={text} onText={write} onOpen={() => setIsReplying(true)} onClose={() => setIsReplying(false)} />
        )}
      </div>
    </div>
  )
}
