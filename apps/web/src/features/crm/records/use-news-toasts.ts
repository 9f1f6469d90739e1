import { useEffect, useRef } from 'react'
import { showToast } from '../../../ui/toast-store.ts'

interface News<Item> {
  /** Newest first; undefined while it is not known. */
  items: readonly Item[] | undefined
  keyOf: (item: Item) => string
  toastOf: (item: Item) => { text: string; action: { label: string; run: () => void } }
}

/** Tells each new item once, wherever in the app somebody is. What was there at the beginning is no news. */
export function useNewsToasts<Item>({ items, keyOf, toastOf }: News<Item>): void {
  const told = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (!items) return
    const known = told.current ?? new Set(items.map(keyOf))
    for (const item of items) if (!known.has(keyOf(item))) showToast({ kind: 'done', ...toastOf(item) })
    told.current = new Set([...known, ...items.map(keyOf)])
  }, [items, keyOf, toastOf])
}
