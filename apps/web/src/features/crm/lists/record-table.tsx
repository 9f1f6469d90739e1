import { builtInField } from '@ai-crm/contracts'
import clsx from 'clsx'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCellChanges } from './cells/use-cell-changes.ts'
import { useCellLock } from './cells/cell-lock.ts'
import { useGrid } from './cells/use-grid.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'
import { besideBox, GridRow, rowLook } from './grid-row.tsx'
import { SelectAllBox } from './select-box.tsx'
import { TableHeader, type Order } from './table-header.tsx'
import type { RecordRow, TableShape } from './table-shape.ts'
import type { RowSelection } from './use-row-selection.ts'
import { useRowsInSight } from './use-rows-in-sight.ts'

/** What is left when something is open beside the list. */
const NARROW_COLUMNS = 2

interface RecordTableProps<Row extends RecordRow> {
  shape: TableShape<Row>
  label: string
  rows: readonly Row[]
  columns: readonly ShownField[]
  nameOf: (userId: string) => string | null
  order: Order
  onOrder: (order: Order) => void
  selectedIndex: number
  onSelect: (id: string) => void
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

/** A table whose cells are walked and changed in place. Only the rows in sight, and the one with the cursor, are in the document; the next page is fetched before the end is seen. */
export function RecordTable<Row extends RecordRow>(props: RecordTableProps<Row>) {
  const { shape, label, columns, selectedIndex, openId, hasMore, onEnd, selection } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const changes = useCellChanges(shape.edit)
  const rows = props.rows.map(changes.shown)
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
      const row = rows[index]
      if (row) props.onSelect(row.id)
    },
    onClear: (row, field) => changes.change(row, { key: field.key, label: labelOf(field) }, null),
    onDismiss: (row, { key }) => {
      const isRefused = changes.refusalOf(row.id, key) !== undefined
      changes.forget(row.id, key)
      return isRefused
    },
  })
  const { items, height } = useRowsInSight(scroller, { count: rows.length, cursorRow: cursor.place.row, selectedIndex, hasMore, onEnd })
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
          before={selection && <SelectAllBox rows={rows} selection={selection} />}
          className={clsx(rowLook, selection && besideBox)}
          record={shape.record}
          fields={fields}
          order={props.order}
          onOrder={props.onOrder}
        />
        <div role="rowgroup" className="relative" style={{ height }}>
          {items.map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            return (
              <GridRow
                key={row.id}
                {...{ shape, row, index, fields, cursor, changes, labelOf, lockOf }}
                top={start}
                nameOf={props.nameOf}
                isSelected={index === selectedIndex || row.id === openId}
                onOpen={props.onOpen}
                selection={selection}
              />
            )
          })}
        </div>
      </div>
      {changes.demand && Demand && <Demand {...changes.demand} onClose={changes.endDemand} />}
    </div>
  )
}
