import clsx from 'clsx'
import { CalendarDays } from 'lucide-react'
import { useEffect, useRef, useState, type ComponentProps, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../lib/time/format.ts'
import { dayPattern, parseDay, typedDay } from '../lib/time/typed-day.ts'
import { Field, inputLook } from './field.tsx'

export const LAST_DAY = '9999-12-31'

interface DateInputProps extends Omit<ComponentProps<'input'>, 'type' | 'value' | 'defaultValue' | 'onChange' | 'min' | 'max' | 'name'> {
  /** `2026-01-31`, empty, or what was typed and is no day (yet). */
  value: string
  onChange: (day: string) => void
  /** The last day. */
  max?: string
  /** Of a form: what it sends. */
  name?: string | undefined
  /** Of the box around the input and its button. */
  boxClassName?: string
}

/** There the browser's own field is chosen in, not typed in, and nothing in it can be read in another order. */
const isTouched = matchMedia('(pointer: coarse)').matches

/**
 * A day, typed in the order and with the signs of the app's language, which need not be the browser's; or chosen in the browser's calendar (Alt+↓).
 * A form is not sent with what is no day.
 */
export function DateInput({ value, onChange, max = LAST_DAY, name, boxClassName, className, onKeyDown, onBlur, disabled, ...input }: DateInputProps) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const [text, setText] = useState(() => typedDay(value, locale))
  const own = useRef<HTMLInputElement>(null)
  const calendar = useRef<HTMLInputElement>(null)
  const pattern = dayPattern(locale, { day: t('common.dateLetters.day'), month: t('common.dateLetters.month'), year: t('common.dateLetters.year') })
  const dayOf = (typed: string) => parseDay(typed, locale) ?? typed
  // What comes from elsewhere takes the place of what was typed.
  const shown = dayOf(text) === value ? text : typedDay(value, locale)
  const isWrong = value !== '' && (parseDay(value, locale) !== value || value > max)
  useEffect(() => own.current?.setCustomValidity(isWrong ? t('common.dateWrong', { pattern }) : ''), [isWrong, t, pattern])
  const type = (typed: string) => {
    setText(typed)
    onChange(dayOf(typed))
  }
  const choose = () => calendar.current?.showPicker()
  if (isTouched)
    return (
      <input
        {...input}
        {...{ name, disabled, onKeyDown, onBlur, max }}
        type="date"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={clsx(className, boxClassName)}
      />
    )
  return (
    <span className={clsx('relative block', boxClassName)}>
      {name !== undefined && <input type="hidden" name={name} value={value} />}
      <input
        {...input}
        ref={own}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        placeholder={pattern}
        disabled={disabled}
        value={shown}
        aria-invalid={input['aria-invalid']}
        aria-keyshortcuts="Alt+ArrowDown"
        onChange={({ target }) => type(target.value)}
        onBlur={(event) => {
          setText(typedDay(value, locale))
          onBlur?.(event)
        }}
        onKeyDown={(event) => {
          if (event.altKey && event.key === 'ArrowDown') {
            event.preventDefault()
            choose()
          }
          onKeyDown?.(event)
        }}
        className={clsx(className, 'pr-8')}
      />
      <Calendar input={calendar} value={isWrong ? '' : value} onOpen={choose} {...{ onChange, max, disabled }} />
    </span>
  )
}

interface CalendarProps extends Pick<DateInputProps, 'value' | 'onChange' | 'max' | 'disabled'> {
  input: RefObject<HTMLInputElement | null>
  onOpen: () => void
}

/** The browser's, and the button that opens it. */
function Calendar({ input, value, max, disabled, onChange, onOpen }: CalendarProps) {
  const { t } = useTranslation()
  return (
    <>
      <input
        ref={input}
        type="date"
        aria-hidden
        tabIndex={-1}
        max={max}
        disabled={disabled}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="pointer-events-none absolute inset-0 -z-1 size-full opacity-0"
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('common.openCalendar')}
        disabled={disabled}
        // The focus stays where the day is typed: leaving it saves.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onOpen}
        className="absolute inset-y-0 right-1 my-auto flex size-6 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
      >
        <CalendarDays aria-hidden className="size-3.5" />
      </button>
    </>
  )
}

interface DateFieldProps extends Omit<DateInputProps, 'value' | 'onChange' | 'className' | 'boxClassName'> {
  label: string
  hint?: string | undefined
  error?: string | undefined
  isLabelHidden?: boolean
  /** Absent: the field keeps its day itself, for the form. */
  value?: string
  onChange?: (day: string) => void
}

/** The same with its label. */
export function DateField({ label, hint, error, isLabelHidden = false, value, onChange, ...input }: DateFieldProps) {
  const [kept, setKept] = useState('')
  return (
    <Field {...{ label, hint, error, isLabelHidden }}>
      {(props) => <DateInput {...input} {...props} value={value ?? kept} onChange={onChange ?? setKept} className={clsx(inputLook, 'h-9')} />}
    </Field>
  )
}
