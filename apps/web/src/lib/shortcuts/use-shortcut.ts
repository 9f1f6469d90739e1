import { useEffect, useRef } from 'react'
import { register, type Shortcut } from './registry.ts'

/** Binds a shortcut while the component shows; `null` binds nothing. */
export function useShortcut(shortcut: Shortcut | null): void {
  const run = useRef<() => void>(undefined)
  useEffect(() => {
    run.current = shortcut?.run
  })
  const { keys, label, group, reach } = shortcut ?? {}
  useEffect(() => {
    if (!keys || !label || !group) return
    return register({ keys, label, group, run: () => run.current?.(), ...(reach ? { reach } : {}) })
  }, [keys, label, group, reach])
}
