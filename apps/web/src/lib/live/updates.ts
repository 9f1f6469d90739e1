import type { LiveUpdate } from '@ai-crm/contracts'

/** How far behind a projection of another service may be before it is asked again. */
export const PROJECTION_MS = 1200

type Listener = (updates: readonly LiveUpdate[]) => void
const listeners = new Set<Listener>()

/** For screens that do more with an update than to fetch a query anew. Returns how to stop listening. */
export function onLiveUpdates(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tellLiveUpdates(updates: readonly LiveUpdate[]): void {
  for (const listener of listeners) listener(updates)
}
