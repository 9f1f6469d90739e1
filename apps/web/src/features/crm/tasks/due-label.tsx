import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../../../lib/time/format.ts'
import { groupOf } from './task-groups.ts'

/** When a task is due, as short as a row allows; what is late says so in words. */
export function DueLabel({ dueAt, isDone, now }: { dueAt: string; isDone: boolean; now: Date }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const due = new Date(dueAt)
  const group = groupOf(dueAt, now)
  const isLate = group === 'overdue' && !isDone
  const time = due.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  const day = due.toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(due.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  })
  const isToday = due.toDateString() === now.toDateString()
  return (
    <time dateTime={dueAt} className={clsx('text-xs whitespace-nowrap tabular-nums', isLate ? 'text-danger' : 'text-muted')}>
      {isLate && <span className="sr-only">{t('tasks.groups.overdue')}: </span>}
      {isToday ? time : `${day}, ${time}`}
    </time>
  )
}
