import { useEffect, useRef, type RefObject } from 'react'

/** Who closes what was open beside the list stands at its row again, unless the focus is somewhere else by then. */
export function useReturnToRow(grid: RefObject<HTMLElement | null>, openId: string | null): void {
  const openBefore = useRef(openId)
  useEffect(() => {
    const wasOpen = openBefore.current !== null
    openBefore.current = openId
    if (!wasOpen || openId !== null || document.activeElement !== document.body) return
    grid.current?.querySelector<HTMLElement>('[role=row][data-selected] a')?.focus()
  }, [grid, openId])
}
