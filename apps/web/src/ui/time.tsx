import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fullTime, regionalLocale, relativeTime, shortTime } from '../lib/time/format.ts'

/** An instant in the reader's zone; the full date is in the title. Renews itself every minute. */
export function Time({ at, form = 'short', className }: { at: string; form?: 'short' | 'relative' | 'full'; className?: string }) {
  const { i18n } = useTranslation()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  const locale = regionalLocale(i18n.language, navigator.languages)
  const full = fullTime(at, locale)
  const text = form === 'full' ? full : form === 'relative' ? relativeTime(at, locale, now) : shortTime(at, locale, now)
  return (
    <time dateTime={at} title={full} className={className}>
      {text}
    </time>
  )
}
