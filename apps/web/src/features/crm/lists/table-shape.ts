import type { ListRecord } from '@ai-crm/contracts'
import type { ComponentType, MouseEvent, ReactNode } from 'react'
import type { CellValue, RecordEdit } from './cells/record-edit.ts'
import type { ShownField } from './offered-fields.ts'
import type { ListRows } from './use-list-rows.tsx'

export interface RecordRow {
  readonly id: string
  readonly version: number
}

/** Of a list in groups. */
export interface GroupedBy extends Pick<ListRows<object>, 'toggle' | 'onSight' | 'onNeed'> {
  readonly field: ShownField
}

export interface RowLinkProps {
  id: string
  className: string
  isSelected: boolean
  tabIndex: number
  onClick: (event: MouseEvent) => void
  children: ReactNode
}

/** A change that the server takes only with values of other fields. */
export interface DemandProps<Row> {
  row: Row
  value: CellValue
  /** Of the fields. */
  keys: readonly string[]
  onClose: () => void
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
  readonly edit: RecordEdit<Row>
  /** Asks for what a change demands. */
  readonly Demand?: ComponentType<DemandProps<Row>>
}
