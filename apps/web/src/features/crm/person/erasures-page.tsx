import { useInfiniteQuery } from '@tanstack/react-query'
import { Eraser } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { ErasureCard } from './erasure-card.tsx'
import { erasuresQuery } from './queries.ts'

/** Who asked for which erasure, how far it is, and what it came to; of whom is told nowhere any more. */
export function ErasuresPage({ nameOf }: { nameOf: (userId: string) => string | null }) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(erasuresQuery)
  const items = data?.pages.flatMap((page) => page.items)
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('person.erasures')} text={t('person.erasuresText')} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!items && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      {items?.length === 0 && <EmptyState icon={<Eraser />} title={t('person.noErasures')} text={t('person.noErasuresText')} />}
      {items?.map((erasure) => (
        <ErasureCard key={erasure.id} erasure={erasure} nameOf={nameOf} />
      ))}
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </div>
  )
}
