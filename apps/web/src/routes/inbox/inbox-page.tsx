import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { MousePointerClick } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { waitingDraftsQuery } from '../../features/ai/drafts/queries.ts'
import { useMemberName } from '../../features/auth/members/queries.ts'
import { ConversationList } from '../../features/messaging/inbox/conversation-list.tsx'
import { EmptyFolder } from '../../features/messaging/inbox/empty-folder.tsx'
import { folderOr } from '../../features/messaging/inbox/folders.ts'
import { conversationsQuery } from '../../features/messaging/inbox/queries.ts'
import { ProblemPage } from '../../ui/problem.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, SkeletonRows } from '../../ui/states.tsx'
import { FolderPicker } from './folder-picker.tsx'
import { useListKeys } from './use-list-keys.ts'

/** List of a folder left, the open conversation right; on a phone one or the other. */
export function InboxPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const folder = folderOr(useParams({ strict: false }).folder ?? '', 'open')
  const conversationId = useParams({ strict: false }).conversationId
  const { q } = useSearch({ from: '/app/inbox/$folder' })
  const list = useInfiniteQuery(conversationsQuery({ folder, search: q }))
  const conversations = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const drafts = useQuery(waitingDraftsQuery).data
  const draftIds = useMemo(() => new Set(drafts?.items.map((draft) => draft.conversationId)), [drafts])
  const nameOf = useMemberName()

  useListKeys(conversations, conversationId, folder, q)
  const search = (text: string) => void navigate({ to: '.', search: text ? { q: text } : {}, replace: true })

  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-label={t(`inbox.folders.${folder}`)}
        className={clsx('w-full min-w-0 flex-col border-line md:flex md:w-80 md:shrink-0 md:border-r xl:w-88', conversationId ? 'hidden' : 'flex')}
      >
        <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-3">
          <FolderPicker folder={folder} />
          <SearchField label={t('inbox.search')} value={q ?? ''} onChange={search} />
        </header>
        {list.isPending && <SkeletonRows count={8} label={t('common.loading')} />}
        {list.error && !list.data && <ProblemPage error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && conversations.length === 0 && (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <EmptyFolder folder={folder} search={q} />
          </div>
        )}
        {conversations.length > 0 && (
          <ConversationList
            conversations={conversations}
            folder={folder}
            search={q}
            activeId={conversationId}
            draftIds={draftIds}
            nameOf={nameOf}
            hasMore={list.hasNextPage && !list.isFetchingNextPage}
            onEnd={() => void list.fetchNextPage()}
          />
        )}
      </section>
      <div className={clsx('min-w-0 flex-1 md:flex', conversationId ? 'flex' : 'hidden')}>
        <Outlet />
        {!conversationId && conversations.length > 0 && (
          <div className="grid flex-1 place-items-center">
            <EmptyState icon={<MousePointerClick />} title={t('inbox.choose')} text={t('inbox.chooseText')} />
          </div>
        )}
      </div>
    </div>
  )
}
