import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { BoardCard } from '@ai-crm/contracts'
import { useEffect, useRef, type RefObject } from 'react'
import { currentLifted, setLifted } from './drag-store.ts'
import type { Place } from './place.ts'

/** Data of drags and drop targets are untyped on their way through the browser: these say whose they are. */
const INDEX = Symbol('index of a card')
const CELL = Symbol('cell of the board')

/** A card that the pointer can take, and before or after which another can be put. `index`: among the cards of its cell. */
export function useCardDrag(element: RefObject<HTMLElement | null>, card: BoardCard, { cellId, index }: Place, isMovable: boolean): void {
  const place = useRef({ card, cellId, index })
  useEffect(() => {
    place.current = { card, cellId, index }
  })
  useEffect(() => {
    if (!element.current) return undefined
    const target = dropTargetForElements({ element: element.current, getData: () => ({ [INDEX]: place.current.index }) })
    if (!isMovable) return target
    const source = draggable({
      element: element.current,
      onDragStart: () => {
        const { card: taken, ...from } = place.current
        setLifted({ by: 'pointer', card: taken, from, to: null })
      },
    })
    return combine(target, source)
  }, [element, isMovable])
}

/** A cell over which cards can be held, scrolled at its ends; `mayEnter` says which land. */
export function useCellDrop(
  element: RefObject<HTMLElement | null>,
  scroller: HTMLElement | null,
  cellId: string,
  cardCount: number,
  mayEnter: () => boolean,
): void {
  const now = useRef({ mayEnter, cardCount })
  useEffect(() => {
    now.current = { mayEnter, cardCount }
  })
  useEffect(() => {
    if (!element.current) return undefined
    const stopScroll = scroller ? autoScrollForElements({ element: scroller }) : () => undefined
    return combine(
      stopScroll,
      dropTargetForElements({
        element: element.current,
        canDrop: () => now.current.mayEnter(),
        getData: () => ({ [CELL]: cellId, [INDEX]: now.current.cardCount }),
      }),
    )
  }, [element, scroller, cellId])
}

interface DropTarget {
  readonly element: Element
  readonly data: Record<string | symbol, unknown>
}

/** Where the card would land: before or after the card under the pointer, else at the end of the cell, above its cards on top. */
function placeUnder(targets: readonly DropTarget[], y: number): Place | null {
  const cellId = targets.find(({ data }) => CELL in data)?.data[CELL]
  const [inner] = targets
  if (typeof cellId !== 'string' || !inner) return null
  const index = inner.data[INDEX]
  if (typeof index !== 'number') return null
  const { top, height } = inner.element.getBoundingClientRect()
  if (CELL in inner.data) return { cellId, index: y < top + 48 ? 0 : index }
  return { cellId, index: y < top + height / 2 ? index : index + 1 }
}

/** Follows the pointer while it holds a card. `onDrop`: where it was let go, the card itself not counted. */
export function useDragMonitor(
  scroller: RefObject<HTMLElement | null>,
  onDrop: (cardId: string, from: Place, to: Place) => void,
  onChange: (isDragging: boolean) => void,
): void {
  const latest = useRef({ onDrop, onChange })
  useEffect(() => {
    latest.current = { onDrop, onChange }
  })
  useEffect(() => {
    const follow = (targets: readonly DropTarget[], y: number) => {
      const lifted = currentLifted()
      if (lifted) setLifted({ ...lifted, to: placeUnder(targets, y) })
    }
    const stopMonitor = monitorForElements({
      onDragStart: () => latest.current.onChange(true),
      onDrag: ({ location: { current } }) => follow(current.dropTargets, current.input.clientY),
      onDropTargetChange: ({ location: { current } }) => follow(current.dropTargets, current.input.clientY),
      onDrop: ({ location: { current } }) => {
        const lifted = currentLifted()
        setLifted(null)
        latest.current.onChange(false)
        const to = placeUnder(current.dropTargets, current.input.clientY)
        if (!lifted || !to) return
        const isAfterItself = to.cellId === lifted.from.cellId && to.index > lifted.from.index
        latest.current.onDrop(lifted.card.id, lifted.from, isAfterItself ? { ...to, index: to.index - 1 } : to)
      },
    })
    const stopScroll = scroller.current ? autoScrollForElements({ element: scroller.current }) : () => undefined
    return combine(stopMonitor, stopScroll)
  }, [scroller])
}
