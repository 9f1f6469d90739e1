import clsx from 'clsx'
import type { MouseEvent } from 'react'
import type { CellLock } from './cells/cell-lock.ts'
import { GridCell } from './cells/grid-cell.tsx'
import type { CellChanges } from './cells/use-cell-changes.ts'
import type { useGrid } from './cells/use-grid.ts'
import { FieldCell } from './field-cell.tsx'
import type { ShownField } from './offered-fields.ts'
import { SelectBox } from './select-box.tsx'
import type { RecordRow, TableShape } from './table-shape.ts'
import type { RowSelection } from './use-row-selection.ts'

export const rowLook = 'grid grid-cols-[minmax(0,1fr)_auto] items-center border-b border-line px-2 md:grid-cols-(--columns) md:px-3'

/** Room for the box before the first column. */
export const besideBox = 'pl-8! md:pl-9!'

/** A row of many columns is told by the first one, which stays in sight; what passes below does not shine through the colour of the row. */
const besideOthers = 'md:sticky md:left-0 md:z-2 md:bg-surface md:bg-[linear-gradient(var(--tint),var(--tint))]'

export interface GridRowProps<Row extends RecordRow> {
  shape: TableShape<Row>
  row: Row
  index: number
  /** Of the row, in CSS pixels from the first. */
  top: number
  fields: readonly ShownField[]
  cursor: ReturnType<typeof useGrid<Row>>
  changes: CellChanges<Row>
  labelOf: (field: ShownField) => string
  lockOf: (field: ShownField, row: Row) => CellLock | null
  nameOf: (userId: string) => string | null
  isSelected: boolean
  onOpen: ((id: string) => void) | undefined
  selection: RowSelection | undefined
  /** The place of the row among the records. */
  selectionIndex: number
}

/** With a modifier a link does what links do: a new tab, a new window. */
const isPlain = ({ metaKey, ctrlKey, shiftKey, altKey, button }: MouseEvent): boolean => button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey

/** A record as a row of cells, the first of which leads to it. */
export function GridRow<Row extends RecordRow>(props: GridRowProps<Row>) {
  const { shape, row, index, top, fields, cursor, changes, labelOf, lockOf, isSelected, selection } = props
  const { opened, place } = cursor
  const isChosen = selection?.has(row.id) ?? false
  const isOpened = (opened !== null && place.row === index) || fields.some(({ key }) => changes.refusalOf(row.id, key))
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selection ? isChosen : isSelected}
      data-selected={isSelected || undefined}
      // What stands below a cell covers the rows that follow.
      className={clsx(
        rowLook,
        'absolute inset-x-0 top-0 h-11 bg-(--tint)',
        isOpened && 'z-5',
        isSelected || isChosen ? '[--tint:var(--accent-soft)]' : '[--tint:transparent] hover:[--tint:var(--hover)]',
        selection && besideBox,
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      {selection && (
        <SelectBox
          name={shape.nameOf(row)}
          isChecked={isChosen}
          isReached={place.row === index}
          onToggle={(isRange) => selection.toggle(props.selectionIndex, isRange)}
        />
      )}
      {fields.map((field, column) => {
        const here = place.row === index && opened?.key === field.key ? opened : null
        const at = { row: index, column }
        const label = labelOf(field)
        return (
          <GridCell
            key={field.key}
            {...{ field, label, column }}
            row={here?.row ?? row}
            isLast={column === fields.length - 1}
            isCursor={place.row === index && place.column === column}
            isLocked={lockOf(field, row) !== null}
            editing={here?.lock === null ? { typed: here.typed } : undefined}
            lock={here?.lock ?? null}
            refusal={changes.refusalOf(row.id, field.key)}
            className={clsx(
              'px-2',
              column === 0 && besideOthers,
              field.kind === 'money' && 'justify-end',
              column > 0 && field.key !== shape.phoneKey && 'max-md:hidden',
            )}
            onPress={() => cursor.moveTo(at)}
            onOpen={() => cursor.open(at, null)}
            onLeave={cursor.step}
            onSave={(value, step) => {
              const isTaken = changes.change(here?.row ?? row, { key: field.key, label }, value)
              if (isTaken) cursor.step(step)
              return isTaken
            }}
          >
            {column === 0 ? <RowName {...props} /> : <Value {...{ field, row }} nameOf={props.nameOf} />}
          </GridCell>
        )
      })}
    </div>
  )
}

const Value = ({ field, row, nameOf }: { field: ShownField; row: object; nameOf: (userId: string) => string | null }) => (
  <span className="min-w-0 truncate text-muted">
    <FieldCell field={field} row={row} nameOf={nameOf} />
  </span>
)

/** On phones the whole row leads to the record. */
function RowName<Row extends RecordRow>({ shape: { RowLink, First }, row, index, cursor: { place }, isSelected, onOpen }: GridRowProps<Row>) {
  return (
    <RowLink
      id={row.id}
      isSelected={isSelected}
      tabIndex={place.row === index && place.column === 0 ? 0 : -1}
      onClick={(event) => {
        if (!onOpen || !isPlain(event)) return
        event.preventDefault()
        onOpen(row.id)
      }}
      className="flex h-full w-full min-w-0 scroll-mt-8 items-center outline-offset-[-2px] max-md:after:absolute max-md:after:inset-0"
    >
      <First row={row} />
    </RowLink>
  )
}
