import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../../../lib/shortcuts/use-shortcut.ts'
import type { ShownField } from '../offered-fields.ts'
import { isTypable } from './cell-value.ts'
import { actionOf, isGoing, steppedBy, type Extent, type Place, type Step } from './grid-keys.ts'

interface GridOptions<Row> {
  grid: RefObject<HTMLElement | null>
  /** The first column, which is the link, and the others. */
  fields: readonly ShownField[]
  /** Null: what is no record, such as the head of a group. */
  rows: readonly (Row | null)[]
  /** Of the items that the rows are of. */
  ids: readonly string[]
  /** -1: none is marked. */
  selectedIndex: number
  onSelect: (index: number) => void
  /** Why a cell cannot be changed, in words; null: it can. */
  lockText: (row: Row, field: ShownField) => string | null
  onClear: (row: Row, field: ShownField) => void
  /** Takes away what is said of a cell; false: nothing is. */
  onDismiss: (row: Row, field: ShownField) => boolean
  /** A key on what is no record: Enter, or the arrows that open and close; false: it is the browser's. */
  onHead: (index: number, key: 'Enter' | 'ArrowLeft' | 'ArrowRight') => boolean
}

/** What is open in the table: an editor, or why there is none. It belongs to an item, wherever live updates move it. */
interface Opened<Row> {
  readonly id: string
  /** As it was when it was opened: what a colleague gives it meanwhile is not what the person saw. */
  readonly row: Row
  readonly key: string
  readonly typed: string | null
  readonly lock: string | null
}

const PAGE_ROWS = 10
const isHeadKey = (key: string) => key === 'Enter' || key === 'ArrowLeft' || key === 'ArrowRight'

/** A cursor in a table of records, by which cells are walked, read and changed; one cell at a time can be reached by Tab (ARIA grid). */
export function useGrid<Row>({ grid, fields, rows, ids, selectedIndex, onSelect, lockText, onClear, onDismiss, onHead }: GridOptions<Row>) {
  const [key, setKey] = useState(fields[0]?.key ?? '')
  const [kept, setOpened] = useState<Opened<Row> | null>(null)
  const isWanted = useRef(false)
  const place: Place = {
    row: Math.max(selectedIndex, 0),
    column: Math.max(
      0,
      fields.findIndex((field) => field.key === key),
    ),
  }

  const opened = kept?.id === ids[place.row] ? kept : null
  const extent: Extent = { rows: rows.length, columns: fields.length, pageRows: PAGE_ROWS }

  useEffect(() => {
    if (opened && opened.lock === null) return
    if (!isWanted.current && !document.activeElement?.closest('[role=gridcell]')) return
    isWanted.current = false
    const cell = grid.current?.querySelector<HTMLElement>('[data-cursor]')
    if (cell && !cell.contains(document.activeElement)) (cell.querySelector<HTMLElement>('a, [data-focus]') ?? cell).focus()
  }, [grid, place.row, key, opened])

  const moveTo = ({ row, column }: Place) => {
    setOpened(null)
    isWanted.current = true
    setKey(fields[column]?.key ?? key)
    onSelect(row)
  }
  const open = (at: Place, typed: string | null) => {
    const [row, id, field] = [rows[at.row], ids[at.row], fields[at.column]]
    if (!row || id === undefined || !field) return
    setKey(field.key)
    onSelect(at.row)
    setOpened({ id, row, key: field.key, typed, lock: lockText(row, field) })
  }
  const clear = () => {
    const [row, field] = [rows[place.row], fields[place.column]]
    if (!row || !field || place.column === 0) return
    if (lockText(row, field) === null) onClear(row, field)
    else open(place, null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isCell = event.target instanceof Element && event.target.closest('[data-cursor]') !== null
    const [row, field] = [rows[place.row], fields[place.column]]
    if (event.defaultPrevented || !isCell || !field || row === undefined) return
    if (row === null && isHeadKey(event.key)) return onHead(place.row, event.key) ? event.preventDefault() : undefined
    // A head is one cell, whatever columns the rows have.
    if (row === null && event.key === 'Tab') return
    const action = actionOf(event, place, extent, isTypable(field))
    if (action === null || (action === 'dismiss' && !opened && !(row && onDismiss(row, field))) || (row === null && !isGoing(action))) return
    event.preventDefault()
    if (action === 'dismiss') setOpened(null)
    else if (action === 'open') open(place, null)
    else if (action === 'clear') clear()
    else if (isGoing(action)) moveTo(action.go)
    else open(place, action.type)
  }
  /** After an editor: where the cursor goes, and with it the focus. */
  const step = (to: Step) => (to === 'none' ? setOpened(null) : moveTo(steppedBy(to, place, extent)))
  const isMarked = selectedIndex >= 0
  useGridKeys(isMarked, { edit: () => open(place, null), enter: () => moveTo({ row: place.row, column: Math.min(1, fields.length - 1) }) })
  return { place, opened, onKeyDown, open, moveTo, step }
}

/** J and K mark a row wherever the focus is: from there these lead into its cells. */
function useGridKeys(isMarked: boolean, { edit, enter }: { edit: () => void; enter: () => void }): void {
  const { t } = useTranslation()
  useShortcut(isMarked ? { keys: 'f2', label: t('lists.cells.edit'), group: 'list', run: edit } : null)
  useShortcut(isMarked ? { keys: 'arrowright', label: t('lists.cells.enter'), group: 'list', run: enter } : null)
}
