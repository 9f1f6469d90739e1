import { useInfiniteQuery } from '@tanstack/react-query'
import { Mailbox } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { LocalMailCard } from './local-mail-card.tsx'
import { localMailQuery } from './queries.ts'

export function LocalMailboxPage() {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(localMailQuery)
  const mails = data?.pages.flatMap(({ items }) => items)
  return (
    <>
      <PageTitle title={t('localMailbox.title')} text={t('localMailbox.text')} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} label={t('common.loading')} />}
      {mails?.length === 0 && <EmptyState icon={<Mailbox />} title={t('localMailbox.empty')} text={t('localMailbox.emptyText')} />}
      <ul aria-label={t('localMailbox.list')} className="flex flex-col gap-3">
        {mails?.map((mail) => (
          <li key={mail.id}>
            <LocalMailCard mail={mail} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button className="mt-4" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  )
}
