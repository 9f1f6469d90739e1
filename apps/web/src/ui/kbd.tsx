import { keycaps } from '../lib/shortcuts/keys.ts'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** The keys of a shortcut, drawn. Hidden from screen readers, which have aria-keyshortcuts. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span aria-hidden className="inline-flex gap-0.5 align-middle max-md:hidden pointer-coarse:hidden">
      {keycaps(keys, isMac).map((cap, index) => (
        <kbd
          key={`${cap}${index}`}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded border border-line-strong bg-surface px-1 font-sans text-2xs text-muted"
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}
