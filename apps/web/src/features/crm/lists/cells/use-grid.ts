import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../../../lib/shortcuts/use-shortcut.ts'
import type { ShownField } from '../offered-fields.ts'
import type { Step } from './cell-editor-props.ts'
import { isTypable } from './cell-value.ts'
import { isTyped, movedBy, type Place } from './grid-keys.ts'

interface GridOptions<Row> {
  grid: RefObject<HTMLElement | null>
  /** The first column, which is the link, and the others. */
  fields: readonly ShownField[]
  rows: readonly Row[]
  /** -1: none is marked. */
  selectedIndex: number
  onSelect: (index: number) => void
  /** Why a cell cannot be changed, in words; null: it can. */
  lockText: (row: Row, field: ShownField) => string | null
  onClear: (row: Row, field: ShownField) => void
  /** Takes away what is said of a cell; false: nothing is. */
  onDismiss: (row: Row, field: ShownField) => boolean
}

/** What is open in the table: an editor, or why there is none. */
interface Opened {
  readonly index: number
  readonly key: string
  readonly typed: string | null
  readonly lock: string | null
}

const PAGE_ROWS = 10

/** A cursor in a table of records, by which cells are walked, read and changed; one cell at a time can be reached by Tab (ARIA grid). */
export function useGrid<Row>({ grid, fields, rows, selectedIndex, onSelect, lockText, onClear, onDismiss }: GridOptions<Row>) {
  const { t } = useTranslation()
  const [key, setKey] = useState(fields[0]?.key ?? '')
  const [opened, setOpened] = useState<Opened | null>(null)
  const isWanted = useRef(false)
  const place: Place = {
    row: Math.max(selectedIndex, 0),
    column: Math.max(
      0,
      fields.findIndex((field) => field.key === key),
    ),
  }

  useEffect(() => {
    if (opened && opened.lock === null) return
    if (!isWanted.current && !grid.current?.contains(document.activeElement)) return
    isWanted.current = false
    const cell = grid.current?.querySelector<HTMLElement>('[data-cursor]')
    if (cell && !cell.contains(document.activeElement)) (cell.querySelector('a') ?? cell).focus()
  }, [grid, place.row, key, opened])

  const moveTo = ({ row, column }: Place) => {
    setOpened(null)
    isWanted.current = true
    setKey(fields[column]?.key ?? key)
    onSelect(row)
  }
  const open = (at: Place, typed: string | null) => {
    const [row, field] = [rows[at.row], fields[at.column]]
    if (row === undefined || !field) return
    setKey(field.key)
    onSelect(at.row)
    setOpened({ index: at.row, key: field.key, typed, lock: lockText(row, field) })
  }
  const clear = () => {
    const [row, field] = [rows[place.row], fields[place.column]]
    if (row === undefined || !field || place.column === 0) return
    if (lockText(row, field) === null) onClear(row, field)
    else open(place, null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isCell = event.target instanceof Element && event.target.closest('[data-cursor]') !== null
    const field = fields[place.column]
    if (event.defaultPrevented || !isCell || !field) return
    const run = (act: () => void) => {
      event.preventDefault()
      act()
    }
    const next = movedBy(event, place, { rows: rows.length, columns: fields.length, pageRows: PAGE_ROWS })
    if (next) return run(() => moveTo(next))
    if (event.key === 'Escape') {
      const row = rows[place.row]
      if (opened || (row !== undefined && onDismiss(row, field))) run(() => setOpened(null))
      return
    }
    // The first column is the link to the record: letters there stay shortcuts, and Enter opens.
    if (event.key === 'F2' || (event.key === 'Enter' && place.column > 0)) return run(() => open(place, null))
    if (place.column === 0) return
    if (event.key === 'Delete' || event.key === 'Backspace') return run(clear)
    if (isTyped(event) && isTypable(field)) run(() => open(place, event.key))
  }
  /** After an editor: where the cursor goes, and with it the focus. */
  const step = (to: Step) => {
    const by: Readonly<Record<Step, Place>> = {
      down: { row: place.row + 1, column: place.column },
      right: { row: place.row, column: place.column + 1 },
      left: { row: place.row, column: place.column - 1 },
      stay: place,
      none: place,
    }
    if (to === 'none') return setOpened(null)
    const { row, column } = by[to]
    moveTo({ row: Math.min(row, rows.length - 1), column: Math.max(0, Math.min(column, fields.length - 1)) })
  }
  useShortcut(selectedIndex >= 0 ? { keys: 'f2', label: t('lists.cells.edit'), group: 'list', run: () => open(place, null) } : null)
  return { place, opened, onKeyDown, open, moveTo, step }
}
