import type { FlagChange } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Time } from '../../../ui/time.tsx'
import { flagChangesQuery } from './queries.ts'
import { useFlagName } from './use-flag-name.ts'

/** Who changed what for everybody, and why. */
export function FlagChanges() {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(flagChangesQuery)
  const changes = data?.pages.flatMap(({ items }) => items)
  return (
    <>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {changes?.length === 0 && <p className="text-muted">{t('switches.noChanges')}</p>}
      <ol aria-label={t('switches.changes')} className="flex flex-col divide-y divide-line rounded-xl border border-line empty:hidden">
        {changes?.map((change) => (
          <ChangeRow key={change.id} change={change} />
        ))}
      </ol>
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </>
  )
}

function ChangeRow({ change }: { change: FlagChange }) {
  const nameOf = useFlagName()
  const became = useBecame(change)
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {nameOf(change.flag)}
          {change.organization && ` (${change.organization.slug})`}: {became}
        </p>
        <p className="text-sm break-words">{change.reason}</p>
        <p className="text-xs break-words text-muted">
          {change.changedBy.email}
          {change.address !== null && ` · ${change.address}`}
        </p>
      </div>
      <Time at={change.occurredAt} className="shrink-0 text-xs text-faint" />
    </li>
  )
}

function useBecame({ to: { isKilled, percentage }, organization }: FlagChange): string {
  const { t } = useTranslation()
  if (organization) return organization.to === null ? t('switches.followed') : t(`switches.exceptions.decisions.${organization.to ? 'on' : 'off'}`)
  return isKilled ? t('switches.killed') : percentage === null ? t('switches.asCode') : t('switches.share', { percentage })
}
