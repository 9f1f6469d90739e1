import type { BoardCard } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { forbiddenBy } from '../../../../lib/pipelines/forbidden.ts'
import { useStageName } from '../../../../lib/pipelines/use-pipelines.ts'
import { useMe } from '../../../../lib/session/session-store.ts'
import { columnQuery } from '../board-queries.ts'
import { cardsIn, totalsIn } from '../column-data.ts'
import { currentLifted, setLifted, useCarried } from './drag-store.ts'
import { cursorStep, isArrow, liftedStep, type Column } from './lift-keys.ts'
import type { Cell, Place } from './place.ts'

interface BoardKeysProps {
  board: RefObject<HTMLElement | null>
  /** In their order, those that are folded left out where the cursor walks. */
  cells: readonly Cell[]
  isFolded: (cell: Cell) => boolean
  canMove: boolean
  onDrop: (card: BoardCard, from: Cell, to: Cell, index: number) => void
  onMoveTo: (card: BoardCard) => void
}

export interface BoardKeys {
  readonly cursorId: string | null
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (target: EventTarget) => void
  /** For screen readers: what has just happened with the card that is carried. */
  readonly news: string
}

/** Cards walked with arrows, lifted with Space, carried with arrows, put down with Enter or Space, taken back with Esc. */
export function useBoardKeys({ board, cells, isFolded, canMove, onDrop, onMoveTo }: BoardKeysProps): BoardKeys {
  const { t } = useTranslation()
  const me = useMe()
  const cache = useQueryClient()
  const nameOf = useStageName()
  const carried = useCarried()
  const [cursorId, setCursorId] = useState<string | null>(null)
  const [wantsFocus, setWantsFocus] = useState(false)
  const [news, setNews] = useState('')

  const dataOf = (cell: Cell) => cache.getQueryData(columnQuery(cell.stage.id, cell.asked).queryKey)
  const cellOf = (id: string) => cells.find((cell) => cell.id === id)
  const find = (cardId: string): { card: BoardCard; cell: Cell; index: number } | null => {
    for (const cell of cells) {
      const index = cardsIn(dataOf(cell)).findIndex(({ id }) => id === cardId)
      const card = cardsIn(dataOf(cell))[index]
      if (card) return { card, cell, index }
    }
    return null
  }
  /** Of the lane in which the cursor is. */
  const columnsFor = (held: BoardCard | null, cellId: string): Column[] =>
    cells
      .filter((cell) => cell.laneId === cellOf(cellId)?.laneId && (held !== null || !isFolded(cell)))
      .map((cell) => {
        const cards = cardsIn(dataOf(cell))
        return {
          cellId: cell.id,
          count: cards.filter(({ id }) => id !== held?.id).length,
          mayEnter: held === null || forbiddenBy({ from: held.stage, to: cell.stage, me, count: totalsIn(dataOf(cell)).count }) === null,
          isOrdered: cell.stage.kind !== 'open',
        }
      })
  const tellPlace = ({ cellId, index }: Place, held: BoardCard) => {
    const cell = cellOf(cellId)
    const count = columnsFor(held, cellId).find((column) => column.cellId === cellId)?.count ?? 0
    if (cell) setNews(t('board.news.carried', { stage: nameOf(cell.stage), place: index + 1, count: count + 1 }))
  }

  const onCarriedKey = (key: string): boolean => {
    const lifted = currentLifted()
    if (!lifted?.to) return false
    if (isArrow(key)) {
      const to = liftedStep(columnsFor(lifted.card, lifted.to.cellId), lifted.to, key)
      if (!to) return true
      setLifted({ ...lifted, to })
      setWantsFocus(true)
      tellPlace(to, lifted.card)
      return true
    }
    const isDrop = key === 'Enter' || key === ' '
    if (!isDrop && key !== 'Escape' && key !== 'Tab') return false
    const [from, to] = [cellOf(lifted.from.cellId), cellOf(lifted.to.cellId)]
    setLifted(null)
    setWantsFocus(true)
    if (isDrop && from && to) {
      onDrop(lifted.card, from, to, lifted.to.index)
      setNews(t('board.news.dropped', { title: lifted.card.title, stage: nameOf(to.stage) }))
    } else setNews(t('board.news.kept', { title: lifted.card.title }))
    return key !== 'Tab'
  }

  const onCardKey = (event: KeyboardEvent, cardId: string): boolean => {
    const found = find(cardId)
    if (!found) return false
    const at = { cellId: found.cell.id, index: found.index }
    if (event.key === ' ' && canMove) {
      setLifted({ by: 'keyboard', card: found.card, from: at, to: at })
      setWantsFocus(true)
      setNews(t('board.news.lifted', { title: found.card.title }))
      return true
    }
    if (event.code === 'KeyM' && canMove) {
      onMoveTo(found.card)
      return true
    }
    if (!isArrow(event.key) && event.key !== 'Home' && event.key !== 'End') return false
    const next = cursorStep(columnsFor(null, at.cellId), at, event.key)
    const cell = next && cellOf(next.cellId)
    const card = cell && cardsIn(dataOf(cell))[next.index]
    if (card) {
      setCursorId(card.id)
      setWantsFocus(true)
    }
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return
    const cardId = event.target.dataset['card']
    if (!cardId) return
    if (!onCarriedKey(event.key) && (currentLifted() || !onCardKey(event, cardId))) return
    event.preventDefault()
    event.stopPropagation()
  }

  // The card with the cursor may just have come into the document, or into another column: the focus goes along.
  useEffect(() => {
    if (!wantsFocus || cursorId === null) return undefined
    const frame = requestAnimationFrame(() => {
      const element = board.current?.querySelector<HTMLElement>(`[data-card="${cursorId}"]`)
      if (!element) return
      element.focus({ preventScroll: true })
      element.closest('section')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      setWantsFocus(false)
    })
    return () => cancelAnimationFrame(frame)
  })
  // Left with the mouse, or gone to another page: nothing is carried on.
  useEffect(() => () => setLifted(null), [])

  const first = cells.map((cell) => cardsIn(dataOf(cell))[0]).find((card) => card !== undefined)
  return {
    cursorId: carried?.card.id ?? (cursorId !== null && find(cursorId) ? cursorId : (first?.id ?? null)),
    onKeyDown,
    onFocus: (target) => target instanceof HTMLElement && target.dataset['card'] !== undefined && setCursorId(target.dataset['card']),
    news,
  }
}
