import type { BoardCard } from '@ai-crm/contracts'
import { useSyncExternalStore } from 'react'
import type { Place } from './place.ts'

/** A card that is being moved: under the pointer, where it is shown by a line, or lifted by the keyboard, where the card itself goes along. */
export interface Lifted {
  readonly by: 'pointer' | 'keyboard'
  readonly card: BoardCard
  readonly from: Place
  /** Null: over nothing that takes it. */
  readonly to: Place | null
}

let lifted: Lifted | null = null
const listeners = new Set<() => void>()

export const currentLifted = (): Lifted | null => lifted

export function setLifted(next: Lifted | null): void {
  if (next === lifted || (next && lifted && next.card === lifted.card && next.to?.cellId === lifted.to?.cellId && next.to?.index === lifted.to?.index)) return
  lifted = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The card that is held, however it is held. */
export const useHeldCard = (): BoardCard | null => useSyncExternalStore(subscribe, () => lifted?.card ?? null)

/** What the keyboard carries. */
export const useCarried = (): Lifted | null => useSyncExternalStore(subscribe, () => (lifted?.by === 'keyboard' ? lifted : null))

/** Where in this cell a card under the pointer would land; only cells that are concerned are drawn anew. */
export const useDropIndex = (cellId: string): number | null =>
  useSyncExternalStore(subscribe, () => (lifted?.by === 'pointer' && lifted.to?.cellId === cellId ? lifted.to.index : null))
