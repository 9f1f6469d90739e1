import { useSyncExternalStore } from 'react'

/** nothing asked → asked → answered (true: proven, repeat the request; false: the person turned away). However many requests wait, one dialog asks. */
let asked: { promise: Promise<boolean>; answer: (isProven: boolean) => void } | null = null
const listeners = new Set<() => void>()

function change(next: typeof asked): void {
  asked = next
  for (const listener of listeners) listener()
}

/** Resolves when the dialog was answered. */
export function askToStepUp(): Promise<boolean> {
  if (!asked) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    change({ promise, answer: resolve })
    return promise
  }
  return asked.promise
}

export function answerStepUp(isProven: boolean): void {
  asked?.answer(isProven)
  change(null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useIsStepUpAsked = (): boolean => useSyncExternalStore(subscribe, () => asked !== null)
