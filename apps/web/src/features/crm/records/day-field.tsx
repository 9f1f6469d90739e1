import clsx from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CalendarDay } from '../../../ui/calendar-day.tsx'
import { DateInput, LAST_DAY } from '../../../ui/date-input.tsx'
import { quietLook } from '../../../ui/field.tsx'
import { isDay } from '../../../lib/time/typed-day.ts'
import { FieldRow } from './field-row.tsx'

interface DayFieldProps {
  label: string
  /** Of the input, where the label is too short for it. */
  inputLabel?: string
  day: string | null
  max?: string
  canUpdate: boolean
  isBusy: boolean
  problem: string | null
  /** Null: it was emptied. */
  onSave: (day: string | null) => void
}

/** A day of a record, among its values; leaving it saves, and what is no day is given up. */
export function DayField(props: DayFieldProps) {
  const { label, day, canUpdate, problem } = props
  return (
    <FieldRow label={label} problem={problem}>
      {canUpdate ? <Typed key={day} {...props} /> : <span className="inline-block px-1 py-1">{day ? <CalendarDay day={day} /> : '—'}</span>}
    </FieldRow>
  )
}

function Typed({ label, inputLabel = label, day, max = LAST_DAY, isBusy, onSave }: DayFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(day ?? '')
  const leave = () => {
    if (typed !== '' && (!isDay(typed) || typed > max)) return setTyped(day ?? '')
    if ((typed || null) !== day) onSave(typed || null)
  }
  return (
    <div className="relative">
      <DateInput
        aria-label={inputLabel}
        value={typed}
        onChange={setTyped}
        max={max}
        disabled={isBusy}
        onBlur={leave}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
        className={clsx(quietLook, 'not-focus:placeholder:text-transparent')}
        boxClassName="peer group/day"
      />
      {typed === '' && (
        <span aria-hidden className="pointer-events-none absolute inset-y-0 left-1 flex items-center text-sm text-faint peer-focus-within:hidden">
          {t('records.add')}
        </span>
      )}
    </div>
  )
}
