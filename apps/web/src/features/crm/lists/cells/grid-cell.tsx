import clsx from 'clsx'
import { useRef, type ReactNode } from 'react'
import type { ShownField } from '../offered-fields.ts'
import { CellEditor } from './cell-editor.tsx'
import type { Step } from './grid-keys.ts'
import { CellNote } from './cell-note.tsx'
import type { CellValue } from './record-edit.ts'
import type { Refusal } from './use-cell-changes.ts'

interface GridCellProps {
  field: ShownField
  label: string
  row: object
  column: number
  isLast: boolean
  isCursor: boolean
  isLocked: boolean
  /** What the editor begins with; undefined: there is none. */
  editing: { readonly typed: string | null } | undefined
  /** Why it cannot be changed, after somebody has tried. */
  lock: string | null
  refusal: Refusal | undefined
  className?: string | undefined
  onPress: () => void
  onOpen: () => void
  onSave: (value: CellValue, step: Step) => boolean
  onLeave: (step: Step) => void
  children: ReactNode
}

/** One cell: pressed it has the cursor, pressed again it is changed in its place. */
export function GridCell(props: GridCellProps) {
  const { field, label, row, column, isLast, isCursor, isLocked, editing, lock, refusal, className, children } = props
  const cell = useRef<HTMLDivElement>(null)
  const isFirst = column === 0
  return (
    <div
      ref={cell}
      role="gridcell"
      aria-colindex={column + 1}
      aria-readonly={isLocked || undefined}
      data-cursor={isCursor || undefined}
      tabIndex={isFirst ? undefined : isCursor ? 0 : -1}
      onClick={isFirst ? undefined : () => (document.activeElement === cell.current && isCursor ? props.onOpen() : props.onPress())}
      className={clsx(
        'relative flex h-full min-w-0 scroll-mt-8 items-center outline-offset-[-2px] focus:outline-2 focus:outline-accent',
        refusal && 'bg-danger-soft',
        className,
      )}
    >
      {children}
      {editing && <CellEditor {...{ field, label, row, cell }} typed={editing.typed} refused={refusal?.value} onSave={props.onSave} onLeave={props.onLeave} />}
      {!editing && refusal && (
        <CellNote isProblem isEnd={isLast}>
          {refusal.text}
        </CellNote>
      )}
      {!editing && lock !== null && <CellNote isEnd={isLast}>{lock}</CellNote>}
    </div>
  )
}
