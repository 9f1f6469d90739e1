import type { Deal } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import clsx from 'clsx'
import { quietLook } from '../../../ui/field.tsx'
import { FieldRow } from '../records/field-row.tsx'
import { CalendarDay } from '../../../ui/calendar-day.tsx'
import { useUpdateDeal } from './use-update-deal.ts'

/** The browser's own field of dates: it knows the calendar, the keyboard and the phone. Leaving it saves. */
export function CloseField({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateDeal(deal)
  const isEmpty = deal.expectedCloseOn === null
  const save = (typed: string) => (typed || null) !== deal.expectedCloseOn && update.mutate({ expectedCloseOn: typed || null })
  return (
    <FieldRow label={t('deals.expectedClose')} problem={update.error && explain(update.error, t)}>
      {canUpdate ? (
        <div className="relative">
          <input
            key={deal.expectedCloseOn}
            type="date"
            aria-label={t('deals.expectedClose')}
            defaultValue={deal.expectedCloseOn ?? ''}
            max="9999-12-31"
            disabled={update.isPending}
            onBlur={({ target }) => (target.validity.valid ? save(target.value) : (target.value = ''))}
            onKeyDown={(event) => {
              event.stopPropagation()
              if (event.key === 'Enter') event.currentTarget.blur()
            }}
            className={clsx('peer', quietLook, isEmpty && 'not-focus-within:text-transparent!')}
          />
          {isEmpty && (
            <span aria-hidden className="pointer-events-none absolute inset-y-0 left-1 flex items-center text-sm text-faint peer-focus-within:hidden">
              {t('records.add')}
            </span>
          )}
        </div>
      ) : (
        <span className="inline-block px-1 py-1">{deal.expectedCloseOn ? <CalendarDay day={deal.expectedCloseOn} /> : '—'}</span>
      )}
    </FieldRow>
  )
}
