import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../../ui/field.tsx'
import { membersQuery } from '../members/queries.ts'
import type { LogFilters } from './queries.ts'

const THINGS = [
  'session',
  'factor',
  'account',
  'member',
  'role',
  'team',
  'invitation',
  'api-key',
  'flag',
  'organization',
  'sso',
  'domain',
  'security-policy',
  'security-log',
  'webhook',
  'malware',
] as const
const PERIOD_NAMES = ['week', 'month', 'year'] as const

export function LogFilterFields({ filters, onChange }: { filters: LogFilters; onChange: (filters: LogFilters) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(membersQuery)
  const people = data?.items.map(({ userId, name }) => ({ value: userId, label: name })) ?? []
  return (
    <div className="mb-4 grid grid-cols-1 gap-3 sm:grid-cols-3">
      <Choice
        label={t('securityLog.what')}
        value={filters.thing}
        options={[{ value: '', label: t('securityLog.everything') }, ...THINGS.map((thing) => ({ value: thing, label: t(`securityLog.things.${thing}`) }))]}
        onChange={(thing) => onChange({ ...filters, thing })}
      />
      <Choice
        label={t('securityLog.who')}
        value={filters.userId}
        options={[{ value: '', label: t('securityLog.everybody') }, ...people]}
        onChange={(userId) => onChange({ ...filters, userId })}
      />
      <Choice
        label={t('securityLog.period')}
        value={filters.period}
        options={PERIOD_NAMES.map((period) => ({ value: period, label: t(`securityLog.periods.${period}`) }))}
        onChange={(period) => onChange({ ...filters, period })}
      />
    </div>
  )
}
