import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../lib/time/format.ts'

/** A day without a time: the same everywhere, whatever the zone of the reader. */
export function CalendarDay({ day, className }: { day: string; className?: string }) {
  const { i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const text = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  return (
    <time dateTime={day} className={className}>
      {text}
    </time>
  )
}
