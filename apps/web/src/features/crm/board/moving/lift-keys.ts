import type { Place } from './place.ts'

/** A column as the keyboard sees it: how many cards, without the lifted one, and whether that may enter. */
export interface Column {
  readonly cellId: string
  readonly count: number
  readonly mayEnter: boolean
  /** Its cards stand in an order of their own. */
  readonly isOrdered: boolean
}

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'
export const isArrow = (key: string): key is Arrow => key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight'

/** Where an arrow takes a lifted card; columns that it may not enter are passed over. Null: nowhere. */
export function liftedStep(columns: readonly Column[], { cellId, index }: Place, key: Arrow): Place | null {
  const at = columns.findIndex((column) => column.cellId === cellId)
  const column = columns[at]
  if (!column) return null
  if (key === 'ArrowUp') return index > 0 && !column.isOrdered ? { cellId, index: index - 1 } : null
  if (key === 'ArrowDown') return index < column.count && !column.isOrdered ? { cellId, index: index + 1 } : null
  const way = key === 'ArrowLeft' ? columns.slice(0, at).toReversed() : columns.slice(at + 1)
  const next = way.find(({ mayEnter }) => mayEnter)
  return next ? { cellId: next.cellId, index: next.isOrdered ? 0 : Math.min(index, next.count) } : null
}

/** Where an arrow takes the cursor: to the next card, or to the nearest column that has any. */
export function cursorStep(columns: readonly Column[], { cellId, index }: Place, key: Arrow | 'Home' | 'End'): Place | null {
  const at = columns.findIndex((column) => column.cellId === cellId)
  const column = columns[at]
  if (!column) return null
  const inside = (to: number): Place | null => (to >= 0 && to < column.count && to !== index ? { cellId, index: to } : null)
  if (key === 'ArrowUp') return inside(index - 1)
  if (key === 'ArrowDown') return inside(index + 1)
  if (key === 'Home') return inside(0)
  if (key === 'End') return inside(column.count - 1)
  const way = key === 'ArrowLeft' ? columns.slice(0, at).toReversed() : columns.slice(at + 1)
  const next = way.find(({ count }) => count > 0)
  return next ? { cellId: next.cellId, index: Math.min(index, next.count - 1) } : null
}
