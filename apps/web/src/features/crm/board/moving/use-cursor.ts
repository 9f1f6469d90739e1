import { useEffect, useState, type RefObject } from 'react'

export interface Cursor {
  readonly cardId: string | null
  set: (cardId: string) => void
  /** The focus follows the cursor, once its card is in the document. */
  follow: () => void
}

/** The card of the board that Tab reaches. It may just have come into the document, or into another column: the focus goes along. */
export function useCursor(board: RefObject<HTMLElement | null>): Cursor {
  const [cardId, set] = useState<string | null>(null)
  const [wantsFocus, setWantsFocus] = useState(false)
  useEffect(() => {
    if (!wantsFocus || cardId === null) return undefined
    const frame = requestAnimationFrame(() => {
      const element = board.current?.querySelector<HTMLElement>(`[data-card="${cardId}"]`)
      if (!element) return
      element.focus({ preventScroll: true })
      element.closest('section')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      setWantsFocus(false)
    })
    return () => cancelAnimationFrame(frame)
  })
  return { cardId, set, follow: () => setWantsFocus(true) }
}
