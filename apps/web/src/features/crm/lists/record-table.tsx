import { builtInField } from '@ai-crm/contracts'
import clsx from 'clsx'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCellChanges } from './cells/use-cell-changes.ts'
import { useCellLock } from './cells/cell-lock.ts'
import { useGrid } from './cells/use-grid.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'
import { besideBox, rowLook } from './grid-row.tsx'
import type { ListItem } from './list-items.ts'
import { SelectAllBox } from './select-box.tsx'
import { TableHeader, type Order } from './table-header.tsx'
import { TableItem } from './table-item.tsx'
import type { RecordRow, TableShape } from './table-shape.ts'
import type { RowSelection } from './use-row-selection.ts'
import { useRowsInSight } from './use-rows-in-sight.ts'

/** What is left when something is open beside the list. */
const NARROW_COLUMNS = 2

export interface RecordTableProps<Row extends RecordRow> {
  shape: TableShape<Row>
  label: string
  items: readonly ListItem<Row>[]
  /** Of a list in groups. */
  groupBy?: { readonly field: ShownField; readonly toggle: (id: string) => void; readonly onNeed: (groupId: string) => void }
  columns: readonly ShownField[]
  nameOf: (userId: string) => string | null
  order: Order
  onOrder: (order: Order) => void
  selectedIndex: number
  /** By the id of the item. */
  onSelect: (itemId: string) => void
  /** The one beside the list; then the columns that have no room are left out. */
  openId: string | null
  hasMore: boolean
  onEnd: () => void
  /** Opens beside the list; absent where there is no room: the row leads to the page. */
  onOpen?: (id: string) => void
  /** Absent where nothing can be done to several at once. */
  selection?: RowSelection
}

/** Wide enough to read; what does not fit is reached by scrolling sideways. */
const templateOf = (columns: readonly ShownField[]): string =>
  ['minmax(12rem,1.6fr)', ...columns.map(({ kind }) => (kind === 'text' || kind === 'url' ? 'minmax(8rem,1fr)' : 'minmax(7rem,0.8fr)'))].join(' ')

/** Of each item that is a record: the how manieth it is. */
function rowIndexesOf(items: readonly { readonly kind: string }[]): readonly number[] {
  let count = -1
  return items.map(({ kind }) => (kind === 'row' ? (count += 1) : count))
}

/** A table whose cells are walked and changed in place. Only the rows in sight, and the one with the cursor, are in the document; the next page is fetched before the end is seen. */
export function RecordTable<Row extends RecordRow>(props: RecordTableProps<Row>) {
  const { shape, label, columns, selectedIndex, openId, hasMore, onEnd, selection, items, groupBy } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const changes = useCellChanges(shape.edit)
  const rows = items.map((item) => (item.kind === 'row' ? changes.shown(item.row) : null))
  const shown = openId === null ? columns : columns.slice(0, NARROW_COLUMNS)
  const first = builtInField(shape.record, shape.firstKey)
  const fields = useMemo(() => [...(first ? [first] : []), ...shown], [first, shown])
  const lockOf = useCellLock(shape.record)
  const labelOf = (field: ShownField) => fieldLabel(t, shape.record, field)
  const lockText = (row: Row, field: ShownField) => {
    const lock = lockOf(field, row)
    return lock && t(`lists.cells.locks.${lock}`, { field: labelOf(field) })
  }
  const cursor = useGrid({
    grid,
    fields,
    rows,
    selectedIndex,
    lockText,
    onSelect: (index) => {
      const item = items[index]
      if (item) props.onSelect(item.id)
    },
    onClear: (row, field) => changes.change(row, { key: field.key, label: labelOf(field) }, null),
    onDismiss: (row, { key }) => {
      const isRefused = changes.refusalOf(row.id, key) !== undefined
      changes.forget(row.id, key)
      return isRefused
    },
    onHead: (index, key) => {
      const item = items[index]
      if (item?.kind === 'group' && (key === 'Enter' || item.isOpen === (key === 'ArrowLeft'))) groupBy?.toggle(item.id)
    },
  })
  const inSight = useRowsInSight(scroller, { count: rows.length, cursorRow: cursor.place.row, selectedIndex, hasMore, onEnd })
  const records = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? item.row : [])), [items])
  const rowIndexes = useMemo(() => rowIndexesOf(items), [items])
  const { Demand } = shape
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto" tabIndex={-1}>
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        onKeyDown={cursor.onKeyDown}
        className="min-w-fit"
        style={{ '--columns': templateOf(shown) }}
      >
        <TableHeader
          before={selection && <SelectAllBox rows={records} selection={selection} />}
          className={clsx(rowLook, selection && besideBox)}
          record={shape.record}
          fields={fields}
          order={props.order}
          onOrder={props.onOrder}
        />
        <div role="rowgroup" className="relative" style={{ height: inSight.height }}>
          {inSight.items.map(({ index, start }) => (
            <TableItem
              key={items[index]?.id}
              {...props}
              {...{ index, fields, cursor, changes, labelOf, lockOf, selection }}
              item={items[index]}
              row={rows[index] ?? null}
              top={start}
              selectionIndex={rowIndexes[index] ?? 0}
            />
          ))}
        </div>
      </div>
      {changes.demand && Demand && <Demand {...changes.demand} onClose={changes.endDemand} />}
    </div>
  )
}
