import { useSyncExternalStore } from 'react'

/** The same width as the `md:` of the styles: below it there is room for one column. */
const phone = matchMedia('(max-width: 47.99rem)')

function subscribe(listener: () => void): () => void {
  phone.addEventListener('change', listener)
  return () => phone.removeEventListener('change', listener)
}

export const useIsPhone = (): boolean => useSyncExternalStore(subscribe, () => phone.matches)
