import { builtInField } from '@ai-crm/contracts'
import clsx from 'clsx'
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useCellChanges, type CellChanges } from './cells/use-cell-changes.ts'
import { useCellLock, type CellLock } from './cells/cell-lock.ts'
import { useGrid } from './cells/use-grid.ts'
import { movedColumn, type Widths } from './column-widths.ts'
import { fieldLabel, type ShownField } from './offered-fields.ts'
import { besideBox, rowLook } from './grid-row.tsx'
import { groupsIn, type ListItem } from './list-items.ts'
import { SelectAllBox } from './select-box.tsx'
import { TableHeader, type Order } from './table-header.tsx'
import { TableItem } from './table-item.tsx'
import type { GroupedBy, RecordRow, TableShape } from './table-shape.ts'
import { useReturnToRow } from './use-return-to-row.ts'
import type { RowSelection } from './use-row-selection.ts'
import { useRowsInSight } from './use-rows-in-sight.ts'

/** What is left when something is open beside the list. */
const NARROW_COLUMNS = 2

export interface RecordTableProps<Row extends RecordRow> {
  shape: TableShape<Row>
  label: string
  items: readonly ListItem<Row>[]
  /** Of a list in groups. */
  groupBy?: GroupedBy
  columns: readonly ShownField[]
  nameOf: (userId: string) => string | null
  order: Order
  onOrder: (order: Order) => void
  widths: Widths
  onWidth: (key: string, width: number | null) => void
  onColumns: (keys: string[]) => void
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
const templateOf = (columns: readonly ShownField[], widths: Widths): string =>
  ['minmax(12rem,1.6fr)', ...columns.map((column) => widthOf(column, widths[column.key]))].join(' ')

function widthOf({ kind }: ShownField, width: number | undefined): string {
  if (width !== undefined) return `${width}px`
  if (kind === 'multiSelect') return 'minmax(11rem,1fr)'
  return kind === 'text' || kind === 'url' || kind === 'date' ? 'minmax(8rem,1fr)' : 'minmax(7rem,0.8fr)'
}

/** Of each item that is a record: the how manieth it is. */
function rowIndexesOf(items: readonly { readonly kind: string }[]): readonly number[] {
  let count = -1
  return items.map(({ kind }) => (kind === 'row' ? (count += 1) : count))
}

interface CursorProps<Row extends RecordRow> extends Pick<RecordTableProps<Row>, 'items' | 'groupBy' | 'selectedIndex' | 'onSelect'> {
  grid: RefObject<HTMLElement | null>
  fields: readonly ShownField[]
  /** With what is on its way. */
  rows: readonly (Row | null)[]
  changes: CellChanges<Row>
  labelOf: (field: ShownField) => string
  lockOf: (field: ShownField, row: Row) => CellLock | null
}

/** The cursor of the table, with what its keys do to records and groups. */
function useTableCursor<Row extends RecordRow>({ items, groupBy, changes, labelOf, lockOf, onSelect, ...grid }: CursorProps<Row>) {
  const { t } = useTranslation()
  return useGrid({
    ...grid,
    ids: items.map(({ id }) => id),
    lockText: (row, field) => {
      const lock = lockOf(field, row)
      return lock && t(`lists.cells.locks.${lock}`, { field: labelOf(field) })
    },
    onSelect: (index) => {
      const item = items[index]
      if (item) onSelect(item.id)
    },
    onClear: (row, field) => changes.change(row, { key: field.key, label: labelOf(field) }, null),
    onDismiss: (row, { key }) => {
      const isRefused = changes.refusalOf(row.id, key) !== undefined
      changes.forget(row.id, key)
      return isRefused
    },
    onHead: (index, key) => {
      const item = items[index]
      if (item?.kind !== 'group') return false
      if (key === 'Enter' || item.isOpen === (key === 'ArrowLeft')) groupBy?.toggle(item.id)
      return true
    },
  })
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
  const [dragged, setDragged] = useState<Widths>({})
  const widths = { ...props.widths, ...dragged }
  const lockOf = useCellLock(shape.record)
  const labelOf = (field: ShownField) => fieldLabel(t, shape.record, field)
  const cursor = useTableCursor({ ...props, grid, fields, rows, changes, labelOf, lockOf })
  useReturnToRow(grid, openId)
  const inSight = useRowsInSight(scroller, { count: rows.length, cursorRow: cursor.place.row, selectedIndex, hasMore, onEnd })
  // Whenever something has changed: what is in sight is kept up to date.
  useEffect(() => groupBy?.onSight(groupsIn(inSight.items.map(({ index }) => items[index]))))
  const records = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? item.row : [])), [items])
  const rowIndexes = useMemo(() => rowIndexesOf(items), [items])
  const { Demand } = shape
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto md:scroll-pl-60" tabIndex={-1}>
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        onKeyDown={cursor.onKeyDown}
        className="min-w-fit"
        style={{ '--columns': templateOf(shown, widths) }}
      >
        <TableHeader
          before={selection && <SelectAllBox rows={records} selection={selection} />}
          className={clsx(rowLook, selection && besideBox)}
          record={shape.record}
          fields={fields}
          order={props.order}
          onOrder={props.onOrder}
          layout={{
            widths,
            onWidth: props.onWidth,
            onDrag: (key, width) => setDragged(width === null ? {} : { [key]: width }),
            ...(openId === null
              ? {
                  onMove: (from, to) =>
                    props.onColumns(
                      movedColumn(
                        columns.map(({ key }) => key),
                        from,
                        to,
                      ),
                    ),
                }
              : {}),
          }}
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
