import { builtInField, type ListRecord } from '@ai-crm/contracts'
import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usualDirection } from './list-query.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'

export interface Order {
  readonly sort: string
  readonly direction: 'asc' | 'desc'
}

interface TableHeaderProps {
  className: string
  record: ListRecord
  firstKey: string
  columns: readonly ShownField[]
  order: Order
  onOrder: (order: Order) => void
}

/** Names of the columns; those that a list can be walked by sort it, and pressed again the other way. */
export function TableHeader({ className, record, firstKey, columns, order, onOrder }: TableHeaderProps) {
  const first = builtInField(record, firstKey)
  return (
    <div className={clsx(className, 'sticky top-0 z-10 h-8 bg-canvas text-2xs font-medium text-faint max-md:hidden')}>
      {[...(first ? [first] : []), ...columns].map((field) => (
        <HeaderCell key={field.key} record={record} field={field} order={order} onOrder={onOrder} />
      ))}
    </div>
  )
}

function HeaderCell({ record, field, order, onOrder }: Pick<TableHeaderProps, 'record' | 'order' | 'onOrder'> & { field: ShownField }) {
  const { t } = useTranslation()
  const label = fieldLabel(t, record, field)
  const end = field.kind === 'money' && 'text-right'
  if (!field.isSortable) return <span className={clsx('truncate', end)}>{label}</span>
  const isChosen = order.sort === field.key
  const opposite = order.direction === 'asc' ? 'desc' : 'asc'
  return (
    <span className={clsx('flex min-w-0', end && 'justify-end')}>
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={t('lists.sortBy', { field: label })}
        onClick={() => onOrder({ sort: field.key, direction: isChosen ? opposite : usualDirection(field.key) })}
        className={clsx('-mx-1 flex h-6 min-w-0 items-center gap-1 rounded-md px-1 hover:text-ink [&_svg]:size-3', isChosen && 'text-ink')}
      >
        <span className="truncate">{label}</span>
        {isChosen && (order.direction === 'asc' ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />)}
      </button>
    </span>
  )
}
