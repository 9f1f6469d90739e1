import { useSyncExternalStore } from 'react'

/** Whether one of the app's own dialogs is open: several places open them, one draws them. */
export interface OpenStore {
  set: (isOpen: boolean) => void
  toggle: () => void
  use: () => boolean
}

function openStore(initial: boolean, onChange: (isOpen: boolean) => void = () => undefined): OpenStore {
  let isOpen = initial
  const listeners = new Set<() => void>()
  const set = (next: boolean) => {
    isOpen = next
    onChange(next)
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return { set, toggle: () => set(!isOpen), use: () => useSyncExternalStore(subscribe, () => isOpen) }
}

export const paletteOpen = openStore(false)
export const shortcutSheetOpen = openStore(false)
export const newContactOpen = openStore(false)
export const newCompanyOpen = openStore(false)
export const newDealOpen = openStore(false)
export const newTaskOpen = openStore(false)
export const foundOrganizationOpen = openStore(false)

const PANEL_KEY = 'ai-crm.contact-panel'
const rememberedPanel = localStorage.getItem(PANEL_KEY)
/** The panel takes a fifth of the width: open by default only where there is room. */
export const contactPanelOpen = openStore(rememberedPanel ? rememberedPanel === 'open' : innerWidth >= 1400, (isOpen) =>
  localStorage.setItem(PANEL_KEY, isOpen ? 'open' : 'closed'),
)
