import { useSyncExternalStore } from 'react'

/** What the indicator says: `connecting` only before the first connection, `offline` when the browser says so. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'offline'

let status: LiveStatus = 'connecting'
const listeners = new Set<() => void>()

export const currentLiveStatus = (): LiveStatus => status

export function setLiveStatus(next: LiveStatus): void {
  if (next === status) return
  status = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLiveStatus = (): LiveStatus => useSyncExternalStore(subscribe, currentLiveStatus)
