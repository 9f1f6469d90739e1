import { Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../../../lib/time/format.ts'
import { useNow } from '../tasks/use-now.ts'
import { isNight, timeIn } from './time-zones.ts'

/** What the clock says where somebody is, by day or by night. */
export function LocalTime({ zone }: { zone: string }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const night = isNight(zone, now)
  const Icon = night ? Moon : Sun
  return (
    <p className="flex items-center gap-1 px-1 pt-1 text-xs text-muted">
      <Icon aria-hidden className="size-3 shrink-0 text-faint" />
      {t(night ? 'person.nightThere' : 'person.timeThere', { time: timeIn(zone, now, regionalLocale(i18n.language, navigator.languages)) })}
    </p>
  )
}
