import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Beside, StageDraft } from './stage-draft.ts'

/** Data of drags are untyped on their way through the browser: these say whose they are. */
const KEY = 'key of a stage'
const KIND = 'kind of a stage'

interface StageDrag {
  readonly row: RefObject<HTMLLIElement | null>
  readonly handle: RefObject<HTMLElement | null>
  /** Where a stage that is held over the row would land. */
  readonly edge: Beside['side'] | null
  readonly isHeld: boolean
}

/** A row that the pointer takes by its handle, and beside which another of its kind is put. */
export function useStageDrag({ key, kind }: StageDraft, isMovable: boolean, onPlace: (key: string, beside: Beside) => void): StageDrag {
  const row = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLElement>(null)
  const [edge, setEdge] = useState<Beside['side'] | null>(null)
  const [isHeld, setIsHeld] = useState(false)
  const place = useRef(onPlace)
  useEffect(() => {
    place.current = onPlace
  })
  useEffect(() => {
    const [element, dragHandle] = [row.current, handle.current]
    if (!isMovable || !element || !dragHandle) return undefined
    const sideAt = (y: number): Beside['side'] => {
      const { top, height } = element.getBoundingClientRect()
      return y < top + height / 2 ? 'before' : 'after'
    }
    return combine(
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ [KEY]: key, [KIND]: kind }),
        onDragStart: () => setIsHeld(true),
        onDrop: () => setIsHeld(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data[KIND] === kind && source.data[KEY] !== key,
        onDrag: ({ location }) => setEdge(sideAt(location.current.input.clientY)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null)
          const held = source.data[KEY]
          if (typeof held === 'string') place.current(held, { key, side: sideAt(location.current.input.clientY) })
        },
      }),
    )
  }, [isMovable, key, kind])
  return { row, handle, edge, isHeld }
}

/** What a list is scrolled in goes on at its ends while a row is held. */
export function useScrolledWhileDragging(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let scroller = list.current?.parentElement ?? null
    while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement
    return scroller ? autoScrollForElements({ element: scroller }) : undefined
  }, [list])
}
