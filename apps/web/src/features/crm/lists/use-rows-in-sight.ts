import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, type RefObject } from 'react'

/** Height of a row in CSS pixels (`h-11`). */
const ROW_PX = 44
const HEADER_PX = 32

interface Rows {
  readonly count: number
  /** Keeps the focus, and is reached by Tab, wherever the table is scrolled to. */
  readonly cursorRow: number
  /** Is scrolled to; -1: none. */
  readonly selectedIndex: number
  readonly hasMore: boolean
  readonly onEnd: () => void
}

/** The rows that are to be in the document, each with its distance from the first in CSS pixels; the next page is fetched before the end is seen. */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, { count, cursorRow, selectedIndex, hasMore, onEnd }: Rows) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), Math.min(cursorRow, count - 1)])].toSorted((a, b) => a - b),
  })
  const lastShown = virtualizer.range?.endIndex ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= count - 15) onEnd()
  }, [hasMore, lastShown, count, onEnd])
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtualizer])
  return { items: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start: start - HEADER_PX })), height: virtualizer.getTotalSize() }
}
