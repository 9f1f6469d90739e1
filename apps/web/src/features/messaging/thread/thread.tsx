import type { Message } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemPage } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { MessageCard } from './message-card.tsx'
import { messagesQuery } from './queries.ts'
import { useStickToEnd } from './use-stick-to-end.ts'

/** In a long conversation only the newest messages stand open. */
const OPEN_MESSAGES = 4

interface ThreadProps {
  conversationId: string
  isLocked: boolean
  nameOf: (userId: string) => string | null
  /** What stands under the newest message: the draft of an answer. */
  children?: ReactNode
}

export function Thread({ conversationId, isLocked, nameOf, children }: ThreadProps) {
  const { t } = useTranslation()
  const canSend = useCan('messaging.message.send') && !isLocked
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(messagesQuery(conversationId))
  const messages: Message[] = useMemo(() => data?.pages.flatMap(({ items }) => items).toReversed() ?? [], [data])
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const { scroller, content } = useStickToEnd()
  if (error && !data) return <ProblemPage error={error} onRetry={() => void refetch()} />
  const firstOpen = messages.length > OPEN_MESSAGES + 1 ? messages.length - OPEN_MESSAGES : 0
  return (
    <div ref={scroller} role="region" aria-label={t('thread.label')} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
      <div ref={content} className="mx-auto flex max-w-4xl flex-col gap-3 px-3 py-4 md:px-5">
        {hasNextPage && (
          <Button kind="quiet" className="self-center" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('thread.earlier')}
          </Button>
        )}
        {!data && <SkeletonRows count={3} label={t('common.loading')} />}
        {messages.map((message, index) => (
          <MessageCard
            key={message.id}
            message={message}
            authorName={message.authorId ? nameOf(message.authorId) : null}
            canSend={canSend}
            isFolded={index < firstOpen && !unfolded.has(message.id)}
            onUnfold={() => setUnfolded(new Set(unfolded).add(message.id))}
          />
        ))}
        {data && children}
      </div>
    </div>
  )
}
