import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { Amount } from './amount.tsx'
import { NewDealDialog } from './new-deal-dialog.tsx'
import { dealsQuery } from './queries.ts'
import { StageBadge } from './stage-badge.tsx'

type Whose = { companyId: string; contactId?: never } | { contactId: string; companyId?: never }

/** The deals of a company or a contact, on its page; nothing for whoever may see none. */
export function DealsSection({ whose }: { whose: Whose }) {
  return useCan('crm.deal.read') ? <Deals whose={whose} /> : null
}

function Deals({ whose }: { whose: Whose }) {
  const { t } = useTranslation()
  const canCreate = useCan('crm.deal.create')
  const [isCreating, setIsCreating] = useState(false)
  const list = useInfiniteQuery(dealsQuery({ ...whose, sort: 'createdAt' }))
  const deals = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className="flex flex-col gap-2">
      <div className="flex h-6 items-center gap-2">
        <h2 className="flex-1 text-xs font-medium text-faint">{t('deals.title')}</h2>
        {canCreate && (
          <Button kind="quiet" className="h-6! px-1.5!" icon={<Plus />} onClick={() => setIsCreating(true)}>
            {t('deals.add')}
          </Button>
        )}
      </div>
      {list.isPending && <Skeleton className="h-10 w-full" />}
      {list.error && !list.data && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && deals.length === 0 && <p className="text-sm text-faint">{t('deals.noneHere')}</p>}
      <ul aria-label={t('deals.title')} className="-mx-2 flex flex-col">
        {deals.map((deal) => (
          <li key={deal.id}>
            <Link to="/deals/$dealId" params={{ dealId: deal.id }} className="flex items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover">
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="truncate font-medium">{deal.title}</span>
                <Amount deal={deal} className="truncate text-xs text-muted tabular-nums" />
              </span>
              <StageBadge stage={deal.stage} kind={deal.stageKind} />
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
      {isCreating && <NewDealDialog isOpen {...whose} onClose={() => setIsCreating(false)} onCreated={() => setIsCreating(false)} />}
    </section>
  )
}
