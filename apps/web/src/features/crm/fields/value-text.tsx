import type { CustomValue, Field, FieldRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../lib/money/money.ts'
import { membersQuery } from '../../../lib/session/members-query.ts'
import { regionalLocale } from '../../../lib/time/format.ts'
import { CalendarDay } from '../../../ui/calendar-day.tsx'
import { OptionBadge } from './option-badge.tsx'
import { namedQuery } from './queries.ts'

type Definition = Pick<Field, 'kind' | 'options' | 'relatesTo'>

/** A value as it is read, in the reader's language. */
export function ValueText({ field, value }: { field: Definition; value: CustomValue }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  if (typeof value === 'boolean') return t(value ? 'fields.yes' : 'fields.no')
  if (typeof value === 'number') return <span className="tabular-nums">{new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value)}</span>
  if (Array.isArray(value)) return <Options field={field} ids={value} />
  if (typeof value === 'object') return <span className="tabular-nums">{formatMoney(value.amountMinor, value.currency, locale)}</span>
  if (field.kind === 'select') return <Options field={field} ids={[value]} />
  if (field.kind === 'date') return <CalendarDay day={value} />
  if (field.kind === 'person') return <Person userId={value} />
  if (field.kind === 'relation' && field.relatesTo) return <Related record={field.relatesTo} id={value} />
  return value
}

const Options = ({ field, ids }: { field: Definition; ids: readonly string[] }) => (
  <span className="flex flex-wrap gap-1">
    {field.options
      .filter(({ id }) => ids.includes(id))
      .map((option) => (
        <OptionBadge key={option.id} option={option} />
      ))}
  </span>
)

function Person({ userId }: { userId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(membersQuery)
  return data?.items.find((member) => member.userId === userId)?.name ?? t('records.ownerUnknown')
}

function Related({ record, id }: { record: FieldRecord; id: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(namedQuery(record, id))
  const label = data?.label ?? (error ? t('fields.unseen') : '…')
  if (!data) return label
  const look = 'underline decoration-line-strong underline-offset-2 hover:decoration-current'
  if (record === 'contact')
    return (
      <Link to="/contacts/$contactId" params={{ contactId: id }} className={look}>
        {label}
      </Link>
    )
  if (record === 'company')
    return (
      <Link to="/companies/$companyId" params={{ companyId: id }} className={look}>
        {label}
      </Link>
    )
  return (
    <Link to="/deals/$dealId" params={{ dealId: id }} className={look}>
      {label}
    </Link>
  )
}
