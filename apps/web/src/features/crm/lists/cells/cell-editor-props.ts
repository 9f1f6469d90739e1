import type { RefObject } from 'react'
import type { ShownField } from '../offered-fields.ts'
import type { CellValue } from './record-edit.ts'

/** Where the cursor goes when a cell is left; `none`: the person has gone somewhere else. */
export type Step = 'down' | 'right' | 'left' | 'stay' | 'none'

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
