import type { ListRecord } from '@ai-crm/contracts'
import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ColumnHandle } from './column-handle.tsx'
import type { Widths } from './column-widths.ts'
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
  layout: ColumnLayout
}

/** How wide the columns after the first are, and in which order. */
export interface ColumnLayout {
  readonly widths: Widths
  readonly onDrag: (key: string, width: number | null) => void
  readonly onWidth: (key: string, width: number | null) => void
  /** Puts a column before another one, by their places; absent where not all are shown. */
  readonly onMove?: (from: number, to: number) => void
}

/** Names of the columns; those that a list can be walked by sort it, and pressed again the other way. */
export function TableHeader({ before, className, fields, ...header }: TableHeaderProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-canvas max-md:hidden">
      <div role="row" aria-rowindex={1} className={clsx(className, 'h-8 text-2xs font-medium text-faint')}>
        {before}
        {fields.map((field, at) => (
          <HeaderCell key={field.key} {...header} field={field} place={at - 1} />
        ))}
      </div>
    </div>
  )
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const

interface HeaderCellProps extends Pick<TableHeaderProps, 'record' | 'order' | 'onOrder' | 'layout'> {
  field: ShownField
  /** Among the columns after the first, which has -1 and stays where it is. */
  place: number
}

const DRAGGED = 'text/x-column'

function HeaderCell({ layout, place, ...header }: HeaderCellProps) {
  const { t } = useTranslation()
  const { field, record, order } = header
  const [isTarget, setIsTarget] = useState(false)
  const { onMove } = layout
  const isMovable = place >= 0 && onMove !== undefined
  return (
    <div
      role="columnheader"
      aria-sort={field.isSortable ? (order.sort === field.key ? SORTED[order.direction] : 'none') : undefined}
      onDragOver={(event) => {
        if (!isMovable || !event.dataTransfer.types.includes(DRAGGED)) return
        event.preventDefault()
        setIsTarget(true)
      }}
      onDragLeave={() => setIsTarget(false)}
      onDrop={(event) => {
        setIsTarget(false)
        const from = Number(event.dataTransfer.getData(DRAGGED))
        if (isMovable) onMove(from, from < place ? place + 1 : place)
      }}
      className={clsx(
        'relative flex h-full min-w-0 items-center px-2',
        field.kind === 'money' && 'justify-end',
        isTarget && 'bg-accent-soft',
        place < 0 && 'md:sticky md:left-0 md:z-2 md:bg-canvas',
      )}
    >
      <span
        draggable={isMovable}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, String(place))
          event.dataTransfer.effectAllowed = 'move'
        }}
        className="flex min-w-0"
      >
        <HeaderLabel {...header} />
      </span>
      {place >= 0 && (
        <ColumnHandle
          label={fieldLabel(t, record, field)}
          width={layout.widths[field.key]}
          onDrag={(width) => layout.onDrag(field.key, width)}
          onWidth={(width) => layout.onWidth(field.key, width)}
          onMove={(by) => onMove?.(place, by < 0 ? place - 1 : place + 2)}
        />
      )}
    </div>
  )
}

function HeaderLabel({ record, field, order, onOrder }: Omit<HeaderCellProps, 'layout' | 'place'>) {
  const { t } = useTranslation()
  const label = fieldLabel(t, record, field)
  const isChosen = order.sort === field.key
  const opposite = order.direction === 'asc' ? 'desc' : 'asc'
  if (!field.isSortable) return <span className="truncate">{label}</span>
  return (
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
  )
}
