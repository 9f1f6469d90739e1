import { useSyncExternalStore } from 'react'

/** Rail, list, thread and panel side by side need this much. */
const wide = matchMedia('(min-width: 70rem)')

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

export const useIsWide = (): boolean => useSyncExternalStore(subscribe, () => wide.matches)
