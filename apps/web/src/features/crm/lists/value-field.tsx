import { filterValue, type FilterOperator, type ListField } from '@ai-crm/contracts'
import clsx from 'clsx'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { parseNumber } from '../../../lib/numbers.ts'
import { parseMoney, typedMoney } from '../../../lib/money/money.ts'
import { DateField } from '../../../ui/date-input.tsx'
import { Choice, inputLook, TextField } from '../../../ui/field.tsx'
import { currencyOptions, usualCurrency } from '../deals/currencies.ts'
import type { Colleague } from '../records/owner-field.tsx'
import { RecordsField } from './records-field.tsx'
import { optionLabel, type ShownField } from './offered-fields.ts'

/** What was typed or chosen so far, in the order of the inputs. */
export type Typed = readonly string[]

const Amount = z.object({ amountMinor: z.number(), currency: z.string() })

/** The inputs for a value that is there already. Of money the currency stands first. */
export function typedOf({ kind }: ListField, value: unknown): Typed {
  const values: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  if (kind !== 'money') return values.map(String)
  const amounts = values.flatMap((one) => Amount.safeParse(one).data ?? [])
  return amounts.length === 0 ? [] : [amounts[0]?.currency ?? '', ...amounts.map(({ amountMinor, currency }) => typedMoney(amountMinor, currency))]
}

/** The value that the inputs mean, if the contract takes it; `null`: not yet. Undefined where the operator has no value. */
export function valueOf(field: ListField, op: FilterOperator, typed: Typed, language: string): unknown {
  const schema = filterValue(field, op)
  if (!schema) return undefined
  const parsed = schema.safeParse(rawValue(field, op, typed, language))
  return parsed.success ? parsed.data : null
}

function rawValue({ kind }: ListField, op: FilterOperator, typed: Typed, language: string): unknown {
  const [first = '', second = ''] = typed
  if (op === 'withinLast' || op === 'withinNext') return Number(first)
  if (kind === 'money') {
    const currency = first || usualCurrency(language)
    const amounts = typed.slice(1).map((text) => ({ amountMinor: parseMoney(text, currency), currency }))
    return op === 'between' ? amounts : amounts[0]
  }
  const scalar = (text: string) => (kind === 'number' ? parseNumber(text) : kind === 'checkbox' ? text === 'true' : text.trim())
  if (op === 'between') return [scalar(first), scalar(second)]
  if (op !== 'isAnyOf' && op !== 'isNoneOf') return first === '' ? null : scalar(first)
  const texts = kind === 'text' || kind === 'url' ? typed.join(',').split(',') : typed
  return texts.map(scalar).filter((one) => one !== '')
}

interface ValueFieldProps {
  field: ShownField
  op: FilterOperator
  typed: Typed
  members: readonly Colleague[]
  onChange: (typed: Typed) => void
}

/** The inputs for the value of a condition: as many and of the kind that its field and its operator need. */
export function ValueField({ field, op, typed, members, onChange }: ValueFieldProps) {
  const { t, i18n } = useTranslation()
  const set = (at: number) => (text: string) =>
    onChange(at < typed.length ? typed.with(at, text) : [...typed, ...Array.from({ length: at - typed.length }, () => ''), text])
  const isRange = op === 'between'
  const input = { 'data-first-focus': true, required: true } as const
  if (op === 'withinLast' || op === 'withinNext')
    return (
      <TextField
        {...input}
        label={t('lists.daysLabel')}
        type="number"
        min={1}
        max={3650}
        value={typed[0] ?? ''}
        onChange={({ target }) => set(0)(target.value)}
      />
    )
  if (field.kind === 'relation' && field.to)
    return <RecordsField record={field.to} isSeveral={op === 'isAnyOf' || op === 'isNoneOf'} typed={typed} onChange={onChange} />
  const options = optionsOf()
  if (options) return <OptionsField options={options} isSeveral={op === 'isAnyOf' || op === 'isNoneOf'} typed={typed} onChange={onChange} />
  const offset = field.kind === 'money' ? 1 : 0
  const isOfDays = field.kind === 'date' || field.kind === 'instant'
  const line = (at: number, label: string) =>
    isOfDays ? (
      <DateField {...input} label={label} value={typed[at] ?? ''} onChange={set(at)} />
    ) : (
      <TextField
        {...input}
        label={label}
        inputMode={field.kind === 'money' || field.kind === 'number' ? 'decimal' : undefined}
        maxLength={200}
        value={typed[at] ?? ''}
        onChange={({ target }) => set(at)(target.value)}
        hint={op === 'isAnyOf' || op === 'isNoneOf' ? t('lists.severalHint') : undefined}
      />
    )
  return (
    <>
      {line(offset, t('lists.value'))}
      {isRange && line(offset + 1, t('lists.valueTo'))}
      {offset === 1 && (
        <Choice label={t('deals.currency')} value={typed[0] || usualCurrency(i18n.language)} options={currencyOptions(typed[0] || null)} onChange={set(0)} />
      )}
    </>
  )

  function optionsOf(): { value: string; label: string }[] | null {
    if (field.kind === 'person') return members.map(({ userId, name }) => ({ value: userId, label: name }))
    if (field.kind === 'checkbox') return [true, false].map((value) => ({ value: String(value), label: value ? t('lists.yes') : t('lists.no') }))
    return field.options ? field.options.map((value) => ({ value, label: optionLabel(t, field, value) })) : null
  }
}

interface OptionsFieldProps {
  options: readonly { value: string; label: string }[]
  isSeveral: boolean
  typed: Typed
  onChange: (typed: Typed) => void
}

/** More than this nobody looks through. */
const MOST_AT_A_GLANCE = 30

function OptionsField({ options, isSeveral, typed, onChange }: OptionsFieldProps) {
  const { t } = useTranslation()
  const group = useId()
  const [sought, setSought] = useState('')
  const isLong = options.length > MOST_AT_A_GLANCE
  if (!isSeveral && !isLong)
    return <Choice label={t('lists.value')} value={typed[0] ?? ''} options={[{ value: '', label: '—' }, ...options]} onChange={(value) => onChange([value])} />
  const isFound = ({ value, label }: { value: string; label: string }) => typed.includes(value) || foldedIn(`${label} ${value}`, sought)
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-xs font-medium text-muted">{t('lists.value')}</legend>
      {isLong && (
        <input
          data-first-focus
          aria-label={t('common.find')}
          placeholder={t('common.find')}
          maxLength={100}
          value={sought}
          onChange={({ target }) => setSought(target.value)}
          // What is sought is no value yet.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          className={clsx(inputLook, 'mb-1 h-8')}
        />
      )}
      <div className="flex max-h-52 flex-col gap-1 overflow-y-auto">
        {options.filter(isFound).map(({ value, label }) => (
          <label key={value} className="flex min-h-7 items-center gap-2 text-sm">
            <input
              type={isSeveral ? 'checkbox' : 'radio'}
              // One group, which the arrow keys walk through.
              name={group}
              checked={typed.includes(value)}
              onChange={({ target }) => onChange(!isSeveral ? [value] : target.checked ? [...typed, value] : typed.filter((one) => one !== value))}
              className="size-4 shrink-0 accent-(--color-accent)"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

const foldedIn = (text: string, sought: string): boolean => text.toLowerCase().includes(sought.trim().toLowerCase())
