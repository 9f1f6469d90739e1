import { GridRow, type GridRowProps } from './grid-row.tsx'
import { GroupRow, RestRow } from './group-row.tsx'
import type { ListItem } from './list-items.ts'
import type { ShownField } from './offered-fields.ts'
import type { GroupedBy, RecordRow } from './table-shape.ts'

interface TableItemProps<Row extends RecordRow> extends Omit<GridRowProps<Row>, 'row' | 'isSelected' | 'onOpen'> {
  item: ListItem<Row> | undefined
  /** With what is on its way; null of what is no record. */
  row: Row | null
  columns: readonly ShownField[]
  groupBy?: GroupedBy
  selectedIndex: number
  openId: string | null
  onOpen?: (id: string) => void
}

/** One line of a table: a record, the head of a group, or what is not loaded of it. */
export function TableItem<Row extends RecordRow>(props: TableItemProps<Row>) {
  const { item, row, groupBy, index, fields, cursor, columns } = props
  const placed = { index, top: props.top, span: fields.length, isCursor: cursor.place.row === index }
  if (item?.kind === 'group' && groupBy)
    return (
      <GroupRow
        {...{ item, columns, ...placed }}
        record={props.shape.record}
        field={groupBy.field}
        nameOf={props.nameOf}
        onToggle={() => {
          cursor.moveTo({ row: index, column: cursor.place.column })
          groupBy.toggle(item.id)
        }}
      />
    )
  if (item?.kind === 'rest' && groupBy) return <RestRow item={item} {...placed} onNeed={groupBy.onNeed} />
  if (!row) return null
  return <GridRow {...props} row={row} onOpen={props.onOpen} isSelected={index === props.selectedIndex || row.id === props.openId} />
}
