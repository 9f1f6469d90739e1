import { useInfiniteQuery } from '@tanstack/react-query'
import { Download, ScrollText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { saveFile } from '../../../lib/api/save-file.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { Button } from '../../../ui/button.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { ChainBadge } from './chain-badge.tsx'
import { LogFilterFields } from './log-filters.tsx'
import { LogRow } from './log-row.tsx'
import { rangeOf, securityLogQuery, type LogFilters } from './queries.ts'

export function SecurityLogPage() {
  const { t } = useTranslation()
  const [filters, setFilters] = useState<LogFilters>({ period: 'month', thing: '', userId: '' })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(securityLogQuery(filters))
  const events = data?.pages.flatMap(({ items }) => items)
  return (
    <>
      <PageTitle title={t('securityLog.title')} text={t('securityLog.text')} />
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <ChainBadge />
        <ExportButtons filters={filters} />
      </div>
      <LogFilterFields filters={filters} onChange={setFilters} />
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={5} label={t('common.loading')} />}
      {events?.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<ScrollText />} title={t('securityLog.empty')} text={t('securityLog.emptyText')} />
        </div>
      )}
      <ul aria-label={t('securityLog.title')} className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {events?.map((event) => (
          <LogRow key={event.sequence} event={event} />
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

function ExportButtons({ filters }: { filters: LogFilters }) {
  const { t } = useTranslation()
  const save = useCommand({
    run: async (format: 'csv' | 'ndjson') => {
      const query = rangeOf(filters)
      saveFile(format === 'csv' ? await api.auth.exportSecurityLogCsv({ query }) : await api.auth.exportSecurityLogNdjson({ query }), `security-log.${format}`)
    },
    onSuccess: () => showToast({ kind: 'done', text: t('securityLog.exported') }),
  })
  return (
    <div className="flex flex-wrap gap-2">
      {save.error && <ProblemNote error={save.error} />}
      <Button icon={<Download />} isBusy={save.isPending} onClick={() => save.mutate('csv')}>
        {t('securityLog.exportCsv')}
      </Button>
      <Button icon={<Download />} isBusy={save.isPending} onClick={() => save.mutate('ndjson')}>
        {t('securityLog.exportNdjson')}
      </Button>
    </div>
  )
}
