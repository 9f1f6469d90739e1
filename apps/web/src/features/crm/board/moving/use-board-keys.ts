import type { BoardCard } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import type { KeyboardEvent, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../../lib/session/session-store.ts'
import { useShortcut } from '../../../../lib/shortcuts/use-shortcut.ts'
import { lookupOf } from './board-lookup.ts'
import { currentLifted, useCarried } from './drag-store.ts'
import { cursorStep, isArrow } from './lift-keys.ts'
import type { Cell } from './place.ts'
import { useCarrying } from './use-carrying.ts'
import { type Cursor, useCursor } from './use-cursor.ts'

interface BoardKeysProps {
  board: RefObject<HTMLElement | null>
  /** In their order. */
  cells: readonly Cell[]
  /** The cursor passes them over; what is carried does not. */
  isFolded: (cell: Cell) => boolean
  canMove: boolean
  onDrop: (card: BoardCard, from: Cell, to: Cell, index: number) => void
  onMoveTo: (card: BoardCard) => void
}

export interface BoardKeys {
  readonly cursorId: string | null
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (target: EventTarget) => void
  readonly news: string
}

/** J and K go down and up, as in lists. */
const ARROWS: Readonly<Record<string, string>> = { KeyJ: 'ArrowDown', KeyK: 'ArrowUp' }

const cardOf = (target: EventTarget): string | undefined => (target instanceof HTMLElement ? target.dataset['card'] : undefined)

/** Cards reached with J or K and walked with arrows, lifted with Space, moved to a stage by its name with M. */
export function useBoardKeys({ board, cells, isFolded, canMove, onDrop, onMoveTo }: BoardKeysProps): BoardKeys {
  const cache = useQueryClient()
  const me = useMe()
  const carried = useCarried()
  const cursor = useCursor(board)
  const lookup = lookupOf(cache, cells, me, isFolded)
  const carrying = useCarrying(lookup, onDrop, cursor.follow)

  const onCardKey = ({ key: pressed, code }: KeyboardEvent, cardId: string): boolean => {
    const key = ARROWS[code] ?? pressed
    const found = lookup.find(cardId)
    if (!found) return false
    if (canMove && key === ' ') {
      carrying.lift(found)
      return true
    }
    if (canMove && code === 'KeyM') {
      onMoveTo(found.card)
      return true
    }
    if (!isArrow(key) && key !== 'Home' && key !== 'End') return false
    const next = cursorStep(lookup.columns(found.cell.id, null), { cellId: found.cell.id, index: found.index }, key)
    const cell = next && lookup.cell(next.cellId)
    const card = cell && lookup.cards(cell)[next.index]
    if (card) {
      cursor.set(card.id)
      cursor.follow()
    }
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const cardId = cardOf(event.target)
    if (!cardId || event.ctrlKey || event.metaKey || event.altKey) return
    if (!carrying.onKey(event.key) && (currentLifted() || !onCardKey(event, cardId))) return
    event.preventDefault()
    event.stopPropagation()
  }
  const first = cells.map((cell) => lookup.cards(cell)[0]).find((card) => card !== undefined)
  const isThere = cursor.cardId !== null && lookup.find(cursor.cardId) !== null
  const cursorId = carried?.card.id ?? (isThere ? cursor.cardId : (first?.id ?? null))
  useWayIn(cursorId, cursor)
  return {
    cursorId,
    onKeyDown,
    onFocus: (target) => {
      const cardId = cardOf(target)
      if (cardId) cursor.set(cardId)
    },
    news: carrying.news,
  }
}

/** From wherever the focus is to the card with the cursor. */
function useWayIn(cardId: string | null, { set, follow }: Cursor): void {
  const { t } = useTranslation()
  const enter = () => {
    if (cardId === null) return
    set(cardId)
    follow()
  }
  useShortcut(cardId === null ? null : { keys: 'j', label: t('board.enter'), group: 'list', run: enter })
  useShortcut(cardId === null ? null : { keys: 'k', label: t('board.enter'), group: 'list', run: enter })
}
