import type { ListRecord } from '@ai-crm/contracts'
import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usualDirection } from './list-query.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'

export interface Order {
  readonly sort: string
  readonly direction: 'asc' | 'desc'
}

interface TableHeaderProps {
  /** Stands before the first column. */
  before?: ReactNode
  className: string
  record: ListRecord
  /** The first column and the others. */
  fields: readonly ShownField[]
  order: Order
  onOrder: (order: Order) => void
}

/** Names of the columns; those that a list can be walked by sort it, and pressed again the other way. */
export function TableHeader({ before, className, record, fields, order, onOrder }: TableHeaderProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-canvas max-md:hidden">
      <div role="row" aria-rowindex={1} className={clsx(className, 'h-8 text-2xs font-medium text-faint')}>
        {before}
        {fields.map((field) => (
          <HeaderCell key={field.key} record={record} field={field} order={order} onOrder={onOrder} />
        ))}
      </div>
    </div>
  )
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const

function HeaderCell({ record, field, order, onOrder }: Pick<TableHeaderProps, 'record' | 'order' | 'onOrder'> & { field: ShownField }) {
  const { t } = useTranslation()
  const label = fieldLabel(t, record, field)
  const isChosen = order.sort === field.key
  const opposite = order.direction === 'asc' ? 'desc' : 'asc'
  return (
    <div
      role="columnheader"
      aria-sort={field.isSortable ? (isChosen ? SORTED[order.direction] : 'none') : undefined}
      className={clsx('relative flex h-full min-w-0 items-center px-2', field.kind === 'money' && 'justify-end')}
    >
      {field.isSortable ? (
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
      ) : (
        <span className="truncate">{label}</span>
      )}
    </div>
  )
}
