import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { overdueQuery } from './queries.ts'

/** How much of mine is late, beside the way to it. */
export function OverdueCount() {
  const { t } = useTranslation()
  const { data } = useQuery(overdueQuery)
  if (!data || data.items.length === 0) return null
  const count = data.nextCursor === null ? String(data.items.length) : t('inbox.moreThan', { count: data.items.length })
  return (
    <span className="ml-auto text-xs font-medium text-danger tabular-nums">
      <span className="sr-only">{t('tasks.groups.overdue')}: </span>
      {count}
    </span>
  )
}
