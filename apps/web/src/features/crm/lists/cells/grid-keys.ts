/** A cell by its row and its column, both from 0. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** Where the cursor goes when a cell is left; `none`: the person has gone somewhere else. */
export type Step = 'down' | 'right' | 'left' | 'stay' | 'none'

export interface Extent {
  readonly rows: number
  readonly columns: number
  /** How many rows a page key jumps. */
  readonly pageRows: number
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/**
 * Where a key leads from a cell; null where it is none that moves, or leads out of the table: Tab leaves it behind the last cell of a row, so that
 * nobody is caught in a long list.
 */
export function movedBy(pressed: Pressed, { row, column }: Place, { rows, columns, pageRows }: Extent): Place | null {
  const isMod = pressed.ctrlKey || pressed.metaKey
  if (pressed.altKey) return null
  const at = (toRow: number, toColumn: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, toRow)),
    column: Math.max(0, Math.min(columns - 1, toColumn)),
  })
  switch (pressed.key) {
    case 'ArrowUp':
      return at(isMod ? 0 : row - 1, column)
    case 'ArrowDown':
      return at(isMod ? rows - 1 : row + 1, column)
    case 'ArrowLeft':
      return at(row, isMod ? 0 : column - 1)
    case 'ArrowRight':
      return at(row, isMod ? columns - 1 : column + 1)
    case 'Home':
      return at(isMod ? 0 : row, 0)
    case 'End':
      return at(isMod ? rows - 1 : row, columns - 1)
    case 'PageUp':
      return at(row - pageRows, column)
    case 'PageDown':
      return at(row + pageRows, column)
    case 'Tab': {
      const next = column + (pressed.shiftKey ? -1 : 1)
      return isMod || next < 0 || next >= columns ? null : { row, column: next }
    }
    default:
      return null
  }
}

/** One letter, digit or sign: what begins to be typed into a cell. */
export const isTyped = ({ key, ctrlKey, metaKey, altKey }: Pressed): boolean => [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey

/** What a key does in a cell; a place: the cursor goes there. */
export type GridAction = { readonly go: Place } | { readonly type: string } | 'open' | 'clear' | 'dismiss'

export const isGoing = (action: GridAction): action is { readonly go: Place } => typeof action === 'object' && 'go' in action

/** The first column is the link to the record: letters there stay shortcuts, and Enter opens. `isTypable`: whether letters begin the value anew. */
export function actionOf(pressed: Pressed, place: Place, extent: Extent, isTypable: boolean): GridAction | null {
  const go = movedBy(pressed, place, extent)
  if (go) return { go }
  if (pressed.key === 'Escape') return 'dismiss'
  if (pressed.key === 'F2') return 'open'
  if (place.column === 0) return null
  if (pressed.key === 'Enter') return 'open'
  if (pressed.key === 'Delete' || pressed.key === 'Backspace') return 'clear'
  return isTypable && isTyped(pressed) ? { type: pressed.key } : null
}

const BY: Readonly<Record<Step, Place>> = {
  down: { row: 1, column: 0 },
  right: { row: 0, column: 1 },
  left: { row: 0, column: -1 },
  stay: { row: 0, column: 0 },
  none: { row: 0, column: 0 },
}

/** The cell after an editor; at an end it stays where it is. */
export const steppedBy = (step: Step, { row, column }: Place, { rows, columns }: Extent): Place => ({
  row: Math.min(row + BY[step].row, rows - 1),
  column: Math.max(0, Math.min(column + BY[step].column, columns - 1)),
})
