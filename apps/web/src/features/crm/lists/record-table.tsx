import type { ListRecord } from '@ai-crm/contracts'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useEffect, useRef, type ComponentType, type MouseEvent, type ReactNode } from 'react'
import { FieldCell } from './field-cell.tsx'
import type { ShownField } from './offered-fields.ts'
import { SelectAllBox, SelectBox } from './select-box.tsx'
import { TableHeader, type Order } from './table-header.tsx'
import type { RowSelection } from './use-row-selection.ts'

/** Height of a row in CSS pixels (`h-11`). */
const ROW_PX = 44
const HEADER_PX = 32
/** What is left when something is open beside the list. */
const NARROW_COLUMNS = 2

export interface RecordRow {
  readonly id: string
}

/** How one kind of record stands in a table. */
export interface TableShape<Row extends RecordRow> {
  readonly record: ListRecord
  /** The field that the first column shows. */
  readonly firstKey: string
  /** The first column: what the record is called, with a second line on phones. */
  readonly First: ComponentType<{ row: Row }>
  /** What stands at the end of a row on phones. */
  readonly phoneKey: string
  readonly RowLink: ComponentType<RowLinkProps>
  readonly nameOf: (row: Row) => string
}

export interface RowLinkProps {
  id: string
  className: string
  isSelected: boolean
  onClick: (event: MouseEvent) => void
  children: ReactNode
}

interface RecordTableProps<Row extends RecordRow> {
  shape: TableShape<Row>
  label: string
  rows: readonly Row[]
  columns: readonly ShownField[]
  nameOf: (userId: string) => string | null
  order: Order
  onOrder: (order: Order) => void
  selectedIndex: number
  /** The one beside the list; then the columns that have no room are left out. */
  openId: string | null
  hasMore: boolean
  onEnd: () => void
  /** Opens beside the list; absent where there is no room: the row leads to the page. */
  onOpen?: (id: string) => void
  /** Absent where nothing can be done to several at once. */
  selection?: RowSelection
}

/** With a modifier a link does what links do: a new tab, a new window. */
const isPlain = ({ metaKey, ctrlKey, shiftKey, altKey, button }: MouseEvent): boolean => button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

const rowLook = 'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 border-b border-line px-4 md:grid-cols-(--columns) md:px-5'
/** Room for the box before the row, which is a link and can hold none. */
const besideBox = 'pl-10! md:pl-11!'

/** Wide enough to read; what does not fit is reached by scrolling sideways. */
const templateOf = (columns: readonly ShownField[]): string =>
  ['minmax(12rem,1.6fr)', ...columns.map(({ kind }) => (kind === 'text' || kind === 'url' ? 'minmax(8rem,1fr)' : 'minmax(7rem,0.8fr)'))].join(' ')

/** Only the rows in sight are in the document; the next page is fetched before the end is seen. */
export function RecordTable<Row extends RecordRow>(props: RecordTableProps<Row>) {
  const { shape, label, rows, columns, selectedIndex, openId, hasMore, onEnd, selection } = props
  const scroller = useRef<HTMLDivElement>(null)
  const shown = openId === null ? columns : columns.slice(0, NARROW_COLUMNS)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
  })
  const items = virtualizer.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 15) onEnd()
  }, [hasMore, lastShown, rows.length, onEnd])
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtualizer])
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto" tabIndex={-1}>
      <div className="min-w-fit" style={{ '--columns': templateOf(shown) }}>
        {selection && <SelectAllBox rows={rows} selection={selection} />}
        <TableHeader
          className={clsx(rowLook, selection && besideBox)}
          record={shape.record}
          firstKey={shape.firstKey}
          columns={shown}
          order={props.order}
          onOrder={props.onOrder}
        />
        <ul aria-label={label} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            return (
              <li
                key={row.id}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start - HEADER_PX}px)` }}
              >
                {selection && <SelectBox name={shape.nameOf(row)} isChecked={selection.has(row.id)} onToggle={(isRange) => selection.toggle(index, isRange)} />}
                <TableRow {...props} columns={shown} row={row} isSelected={index === selectedIndex || row.id === openId} />
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

function TableRow<Row extends RecordRow>({
  shape,
  row,
  columns,
  nameOf,
  isSelected,
  onOpen,
  selection,
}: RecordTableProps<Row> & { row: Row; isSelected: boolean }) {
  const { First, RowLink, phoneKey } = shape
  return (
    <RowLink
      id={row.id}
      isSelected={isSelected}
      onClick={(event) => {
        if (!onOpen || !isPlain(event)) return
        event.preventDefault()
        onOpen(row.id)
      }}
      className={clsx(rowLook, selection && besideBox, 'h-11 transition-colors', isSelected || selection?.has(row.id) ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <First row={row} />
      {columns.map((field) => (
        <span key={field.key} className={clsx('truncate text-muted', field.kind === 'money' && 'text-right', field.key !== phoneKey && 'max-md:hidden')}>
          <FieldCell field={field} row={row} nameOf={nameOf} />
        </span>
      ))}
    </RowLink>
  )
}
