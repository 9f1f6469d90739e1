import { useSyncExternalStore } from 'react'
import { currentSession, onSessionChange } from '../../../lib/session/session-store.ts'

/** Operations that are shown while they run and until somebody has seen their end: on every page. */
let tracked: readonly string[] = []
const listeners = new Set<() => void>()

function change(next: readonly string[]): void {
  tracked = next
  for (const listener of listeners) listener()
}

const MOST = 4
export const trackOperation = (id: string): void => change([...tracked.filter((one) => one !== id), id].slice(-MOST))
export const forgetOperation = (id: string): void => change(tracked.filter((one) => one !== id))

/** Whoever signs in next has operations of their own. */
onSessionChange(() => {
  if (currentSession().status === 'signed-out') change([])
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useTrackedOperations = (): readonly string[] => useSyncExternalStore(subscribe, () => tracked)
