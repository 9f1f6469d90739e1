import type { RefObject } from 'react'
import type { ShownField } from '../offered-fields.ts'
import type { Step } from './grid-keys.ts'
import type { CellValue } from './record-edit.ts'

export interface CellEditorProps {
  field: ShownField
  label: string
  row: object
  /** The sign that began it; null: it begins with what stands in the cell. */
  typed: string | null
  /** What was refused the last time, to go on from. */
  refused: CellValue | undefined
  cell: RefObject<HTMLElement | null>
  /** False: it is no value for the field, and the editor stays. */
  onSave: (value: CellValue, step: Step) => boolean
  /** Nothing changed. */
  onLeave: (step: Step) => void
}
