import type { BoardCard as Card } from '@ai-crm/contracts'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDropIndex } from '../moving/drag-store.ts'
import type { Cell } from '../moving/place.ts'
import { BoardCard, type CardTools } from './board-card.tsx'

/** Of a card with a company and one line more, the gap below it counted, in CSS pixels. */
const CARD_PX = 104
const GAP_PX = 8

interface CardListProps {
  cell: Cell
  label: string
  cards: readonly Card[]
  /** In which they are scrolled; null before it is there. */
  scroller: HTMLElement | null
  cursorId: string | null
  openId: string | null
  liftedId: string | null
  tools: CardTools
  hasMore: boolean
  onEnd: () => void
}

/** The cards of a cell: only those in sight, and the one with the cursor, are in the document; more are fetched before the end is seen. */
export function CardList({ cell, label, cards, scroller, cursorId, openId, liftedId, tools, hasMore, onEnd }: CardListProps) {
  const { t } = useTranslation()
  const cursor = cards.findIndex(({ id }) => id === cursorId)
  const virtualizer = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller,
    estimateSize: () => CARD_PX,
    getItemKey: (index) => cards[index]?.id ?? index,
    gap: GAP_PX,
    overscan: 6,
    rangeExtractor: (range) => (cursor < 0 ? defaultRangeExtractor(range) : [...new Set([...defaultRangeExtractor(range), cursor])].toSorted((a, b) => a - b)),
  })
  const last = virtualizer.range?.endIndex ?? 0
  useEffect(() => {
    if (hasMore && last >= cards.length - 12) onEnd()
  }, [hasMore, last, cards.length, onEnd])
  useFollowedCursor(cursor, liftedId !== null && cards[cursor]?.id === liftedId, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }))
  const dropIndex = useDropIndex(cell.id)
  const items = virtualizer.getVirtualItems()
  const line =
    dropIndex === null || cell.stage.kind !== 'open' ? null : (items.find(({ index }) => index === dropIndex)?.start ?? virtualizer.getTotalSize() + GAP_PX)
  return (
    <ul aria-label={label} className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {items.map(({ index, start, key }) => {
        const card = cards[index]
        if (!card) return null
        return (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={hasMore ? -1 : cards.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start}px)` }}
          >
            <BoardCard
              {...tools}
              card={card}
              stage={cell.stage}
              cellId={cell.id}
              index={index}
              isCursor={card.id === cursorId}
              isOpen={card.id === openId}
              isLifted={card.id === liftedId}
            />
          </li>
        )
      })}
      {line !== null && (
        <li aria-hidden className="pointer-events-none absolute inset-x-0 h-0.5 rounded-full bg-accent" style={{ top: line - GAP_PX / 2 - 1 }}>
          <span className="sr-only">{t('board.dropHere')}</span>
        </li>
      )}
    </ul>
  )
}

/** A card that the keyboard went to, or carries, comes into sight. */
function useFollowedCursor(index: number, isLifted: boolean, scrollTo: (index: number) => void): void {
  const latest = useRef(scrollTo)
  useEffect(() => {
    latest.current = scrollTo
  })
  useEffect(() => {
    if (index >= 0 && (isLifted || document.activeElement?.matches('[data-card]'))) latest.current(index)
  }, [index, isLifted])
}
