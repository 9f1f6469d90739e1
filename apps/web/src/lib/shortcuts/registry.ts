import { useSyncExternalStore } from 'react'
import { matchesPress, parseKeys } from './keys.ts'

export interface Shortcut {
  keys: string
  /** What it does, in the reader's language: shown on the sheet. */
  label: string
  /** `record`: what can be done with the one that is open; the palette offers it too. */
  group: 'go' | 'list' | 'record' | 'conversation' | 'general'
  run: () => void
  /** Also while a field has the focus, which may keep its keys to itself, or a dialog is open. */
  reach?: 'everywhere'
}

/** How long the second press of a sequence may take. */
const SEQUENCE_MS = 1200

const active = new Map<symbol, Shortcut>()
const listeners = new Set<() => void>()
let snapshot: readonly Shortcut[] = []
let pending: { presses: number; keys: string; at: number }[] = []

function changed(): void {
  snapshot = [...active.values()]
  for (const listener of listeners) listener()
}

/** Adds a shortcut while a screen shows; returns how to take it away. */
export function register(shortcut: Shortcut): () => void {
  const id = Symbol(shortcut.keys)
  active.set(id, shortcut)
  changed()
  return () => {
    active.delete(id)
    changed()
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useActiveShortcuts = (): readonly Shortcut[] => useSyncExternalStore(subscribe, () => snapshot)

/** Who is asked first: what is on the screen before what works everywhere; of it the newest, an open conversation before the list behind it. */
export const inTurn = (shortcuts: readonly Shortcut[]): readonly Shortcut[] =>
  shortcuts.toReversed().toSorted((a, b) => Number(a.group === 'general') - Number(b.group === 'general'))

/** A box that is ticked takes no letters. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'))

const mayRun = (event: KeyboardEvent): boolean => !isTyping(event.target) && !document.querySelector('dialog[open], [role="menu"]')

/** Before anything on the page hears of the press. */
function onAnyKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || event.repeat) return
  const shortcut = snapshot.findLast(({ reach, keys }) => reach === 'everywhere' && parseKeys(keys).every((press) => matchesPress(press, event)))
  if (!shortcut) return
  event.preventDefault()
  shortcut.run()
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || (event.repeat && !/^Key[JK]$/.test(event.code)) || !mayRun(event)) return
  const now = performance.now()
  const begun = pending.filter(({ at }) => now - at < SEQUENCE_MS)
  pending = []
  for (const shortcut of inTurn(snapshot)) {
    const presses = parseKeys(shortcut.keys)
    const done = begun.find(({ keys }) => keys === shortcut.keys)?.presses ?? 0
    const press = presses[done]
    if (!press || !matchesPress(press, event)) continue
    if (done + 1 < presses.length) {
      pending.push({ keys: shortcut.keys, presses: done + 1, at: now })
      continue
    }
    if (presses.length === 1 && begun.length > 0) continue
    pending = []
    event.preventDefault()
    return shortcut.run()
  }
}

export function listenForShortcuts(): void {
  window.addEventListener('keydown', onAnyKeyDown, true)
  window.addEventListener('keydown', onKeyDown)
}
