import { useSyncExternalStore } from 'react'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly kind: 'done' | 'problem'
  readonly action?: { label: string; run: () => void }
  /** Once it has gone without its action: what can be taken back as long as it stands there. */
  readonly onGone?: () => void
}

const STAY_MS = 7_000
/** What asks for a decision stays longer. */
const STAY_WITH_ACTION_MS = 10_000
const MOST = 3

let toasts: readonly Toast[] = []
let lastId = 0
let isHeld = false
const timers = new Map<number, ReturnType<typeof setTimeout>>()
const listeners = new Set<() => void>()

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function take(id: number): Toast | undefined {
  const toast = toasts.find((one) => one.id === id)
  clearTimeout(timers.get(id))
  timers.delete(id)
  if (toast) change(toasts.filter((one) => one !== toast))
  return toast
}

function count({ id, action }: Toast): void {
  clearTimeout(timers.get(id))
  timers.set(
    id,
    setTimeout(() => dismissToast(id), action ? STAY_WITH_ACTION_MS : STAY_MS),
  )
}

export const dismissToast = (id: number): void => take(id)?.onGone?.()

/** Its action instead of its end. */
export const actOnToast = (id: number): void => take(id)?.action?.run()

/** Tells what happened, for seven seconds, or ten with an `action`, which is the way back; longer while somebody is at it. Gives the id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1
  const shown = { ...toast, id: lastId }
  change([...toasts, shown])
  if (!isHeld) count(shown)
  const oldest = toasts.length > MOST ? toasts[0] : undefined
  if (oldest) dismissToast(oldest.id)
  return shown.id
}

/** While the pointer or the focus is on them, none goes; from then on each has its whole time again. */
export function holdToasts(holds: boolean): void {
  if (holds === isHeld) return
  isHeld = holds
  for (const toast of toasts) {
    if (holds) clearTimeout(timers.get(toast.id))
    else count(toast)
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useToasts = (): readonly Toast[] => useSyncExternalStore(subscribe, () => toasts)
