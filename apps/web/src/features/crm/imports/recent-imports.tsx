import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { importsQuery } from './queries.ts'
import { stateWord } from './words.ts'

export function RecentImports() {
  const { t } = useTranslation()
  const { data, error } = useQuery(importsQuery)
  if (error) return <ProblemNote error={error} />
  if (!data) return <SkeletonRows count={3} label={t('common.loading')} />
  if (data.items.length === 0) return <EmptyState icon={<History />} title={t('imports.recent')} text={t('imports.none')} />
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-sm font-medium text-muted">{t('imports.recent')}</h2>
      <ul aria-label={t('imports.recent')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
        {data.items.map((one) => (
          <li key={one.id}>
            <Link
              to="/import/$importId"
              params={{ importId: one.id }}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate max-sm:basis-full">{one.fileName}</span>
              <Time at={one.createdAt} form="full" className="text-muted tabular-nums" />
              <Badge tone={one.state === 'refused' || one.operation?.status === 'failed' ? 'danger' : 'neutral'}>{stateWord(t, one)}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
