import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Handshake, Plus, SearchX } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { DealPanel } from '../../features/crm/deals/deal-panel.tsx'
import { DealTable } from '../../features/crm/deals/deal-table.tsx'
import { NewDealDialog } from '../../features/crm/deals/new-deal-dialog.tsx'
import { dealsQuery } from '../../features/crm/deals/queries.ts'
import { newDealOpen } from '../../lib/open-store.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'
import { useIsWide } from '../../lib/use-is-wide.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../ui/states.tsx'
import { useRowKeys } from '../use-row-keys.ts'
import { DealFilterBar } from './deal-filters.tsx'

function NothingToList({ search, onShowAll }: { search: string | undefined; onShowAll: (() => void) | null }) {
  const { t } = useTranslation()
  const canCreate = useCan('crm.deal.create')
  if (search) return <EmptyState icon={<SearchX />} title={t('deals.notFound')} text={t('deals.notFoundText', { query: search })} />
  if (onShowAll)
    return (
      <EmptyState icon={<Handshake />} title={t('deals.noneOfFilter')} text={t('deals.noneOfFilterText')}>
        <Button onClick={onShowAll}>{t('deals.showAll')}</Button>
      </EmptyState>
    )
  return (
    <EmptyState icon={<Handshake />} title={t('deals.empty')} text={t('deals.emptyText')}>
      {canCreate && (
        <Button kind="primary" icon={<Plus />} onClick={() => newDealOpen.set(true)}>
          {t('deals.new')}
        </Button>
      )}
    </EmptyState>
  )
}

export function DealsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const isWide = useIsWide()
  const canCreate = useCan('crm.deal.create')
  const search = useSearch({ from: '/app/deals' })
  const { q, sort = 'createdAt', stage, owner, open } = search
  const openId = (isWide && open) || null
  const list = useInfiniteQuery(dealsQuery({ search: q, sort, stage, owner }))
  const deals = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const members = useQuery(membersQuery).data?.items ?? []
  const nameOf = useMemberName()
  const isCreating = newDealOpen.use()

  const show = (next: typeof search) => void navigate({ to: '/deals', search: { ...search, ...next }, replace: true })
  const openPage = (dealId: string) => void navigate({ to: '/deals/$dealId', params: { dealId } })
  /** First beside the list, then, asked again, as a page. */
  const openRow = (dealId: string) => (isWide && dealId !== openId ? show({ open: dealId }) : openPage(dealId))
  const selectedIndex = useRowKeys(deals, openRow, openId === null ? undefined : (dealId) => show({ open: dealId }))
  useShortcut(openId === null ? null : { keys: 'escape', label: t('companies.closePanel'), group: 'list', run: () => show({ open: undefined }) })
  useShortcut(canCreate ? { keys: 'c', label: t('deals.new'), group: 'list', run: () => newDealOpen.set(true) } : null)
  const isFiltered = owner !== undefined || stage !== undefined

  return (
    <>
      <PageHeader title={t('deals.title')}>
        {canCreate && (
          <Button kind="primary" icon={<Plus />} shortcut="c" onClick={() => newDealOpen.set(true)}>
            <span className="sr-only sm:not-sr-only">{t('deals.new')}</span>
          </Button>
        )}
      </PageHeader>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <DealFilterBar filters={search} onChange={show} />
          {list.isPending && <SkeletonRows count={10} label={t('common.loading')} />}
          {list.error && !list.data && <ProblemPage error={list.error} onRetry={() => void list.refetch()} />}
          {list.data && deals.length === 0 && <NothingToList search={q} onShowAll={isFiltered ? () => show({ owner: undefined, stage: undefined }) : null} />}
          {deals.length > 0 && (
            <DealTable
              deals={deals}
              nameOf={nameOf}
              selectedIndex={selectedIndex}
              openId={openId}
              hasMore={list.hasNextPage && !list.isFetchingNextPage}
              onEnd={() => void list.fetchNextPage()}
              {...(isWide ? { onOpen: openRow } : {})}
            />
          )}
        </div>
        {openId !== null && <DealPanel key={openId} dealId={openId} members={members} nameOf={nameOf} onClose={() => show({ open: undefined })} />}
      </div>
      <NewDealDialog isOpen={isCreating} onClose={() => newDealOpen.set(false)} onCreated={({ id }) => openRow(id)} />
    </>
  )
}
