import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../../ui/badge.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { verdictQuery } from './queries.ts'

/** Whether every entry is as it was written. */
export function ChainBadge() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(verdictQuery)
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />
  if (!data) return <p className="text-xs text-faint">{t('securityLog.checking')}</p>
  if (data.brokenSequence !== null)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-xs text-danger">
        <Badge tone="danger" icon={<ShieldAlert />}>
          {t('securityLog.broken', { sequence: data.brokenSequence })}
        </Badge>
        {t('securityLog.brokenHint', { sequence: data.brokenSequence })}
      </p>
    )
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
      <Badge tone="ok" icon={<ShieldCheck />}>
        {t('securityLog.sound')}
      </Badge>
      {t('securityLog.soundHint', { count: data.checkedCount })}
    </p>
  )
}
