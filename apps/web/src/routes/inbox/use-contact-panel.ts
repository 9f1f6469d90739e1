import { useState } from 'react'
import { contactPanelOpen } from '../../lib/open-store.ts'
import { useIsWide } from '../../lib/use-is-wide.ts'

/** Beside the thread the panel's state is remembered; over it (narrow windows) it opens only when asked. */
export function useContactPanel() {
  const isWide = useIsWide()
  const isRemembered = contactPanelOpen.use()
  const [isSheet, setIsSheet] = useState(false)
  return {
    isWide,
    isOpen: isWide ? isRemembered : isSheet,
    toggle: () => (isWide ? contactPanelOpen.toggle() : setIsSheet(!isSheet)),
    close: () => (isWide ? contactPanelOpen.set(false) : setIsSheet(false)),
  }
}
