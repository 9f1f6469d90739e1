import type { Contact } from '@ai-crm/contracts'
import { BellOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CalendarDay } from '../../../ui/calendar-day.tsx'

/** Told loudly, wherever somebody could write to whoever does not want it. */
export function ConsentWarning({ contact: { consent, consentOn, consentSource } }: { contact: Contact }) {
  const { t } = useTranslation()
  if (consent !== 'withdrawn') return null
  return (
    <div
      role="note"
      aria-label={t('person.withdrawnTitle')}
      className="flex items-start gap-2.5 rounded-xl border border-danger-line bg-danger-soft px-3.5 py-3 text-sm"
    >
      <BellOff aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-medium text-ink">{t('person.withdrawnTitle')}</p>
        <p className="text-xs text-muted">
          {consentOn && <CalendarDay day={consentOn} />}
          {consentSource && ` · ${consentSource}`}
        </p>
        <p className="text-xs text-ink">{t('person.withdrawnText')}</p>
      </div>
    </div>
  )
}
