import { useEffect, useRef } from 'react'

/** How near to the end counts as being there. */
const NEAR_PX = 60

/**
 * Keeps a scrolling box at its end while content arrives or the box shrinks, until the reader scrolls up; back at
 * the end it follows again. Only a move upwards is the reader's: growing content leaves the position as it is.
 */
export function useStickToEnd() {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const [box, inner] = [scroller.current, content.current]
    if (!box || !inner) return
    let isFollowing = true
    let lastTop = 0
    const follow = () => {
      if (isFollowing) box.scrollTop = box.scrollHeight
      lastTop = box.scrollTop
    }
    const notice = () => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
      if (isNear) isFollowing = true
      else if (box.scrollTop < lastTop) isFollowing = false
      lastTop = box.scrollTop
    }
    const observer = new ResizeObserver(follow)
    observer.observe(inner)
    observer.observe(box)
    box.addEventListener('scroll', notice, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', notice)
    }
  }, [])
  return { scroller, content }
}
