/** One press: `mod` is Ctrl, or Cmd on a Mac. `code` lets the Russian layout work: the same key of the keyboard. */
export interface KeyPress {
  readonly key: string
  readonly isMod: boolean
  readonly isAlt: boolean
  readonly isShift: boolean
}

type PressedEvent = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const named: Readonly<Record<string, string>> = { esc: 'escape', up: 'arrowup', down: 'arrowdown', space: ' ' }

function parsePress(text: string): KeyPress {
  const parts = text.split('+')
  const key = (parts.pop() ?? '').toLowerCase()
  return { key: named[key] ?? key, isMod: parts.includes('mod'), isAlt: parts.includes('alt'), isShift: parts.includes('shift') }
}

/** `'g i'` is two presses one after the other, `'mod+k'` one with a modifier. */
export const parseKeys = (keys: string): readonly KeyPress[] => keys.trim().split(/\s+/).map(parsePress)

/** The key as printed on a Latin keyboard, whatever the layout is. */
function latinKey({ key, code }: PressedEvent): string {
  if (code.startsWith('Key')) return code.slice(3).toLowerCase()
  // The Russian layout has the full stop there.
  if (code === 'Slash' && key === '.') return '/'
  return key.toLowerCase()
}

export function matchesPress(press: KeyPress, event: PressedEvent): boolean {
  if (press.isMod !== (event.ctrlKey || event.metaKey) || press.isAlt !== event.altKey) return false
  if (press.key === '?') return event.key === '?' || (event.shiftKey && event.code === 'Slash')
  return press.key === latinKey(event) && (press.isShift === event.shiftKey || !/^[a-z]$|^enter$/.test(press.key))
}

/** As `aria-keyshortcuts` wants it: `Control+K`, `G I`. */
export function ariaKeys(keys: string): string {
  return parseKeys(keys)
    .map((press) =>
      [
        press.isMod && 'Control',
        press.isAlt && 'Alt',
        press.isShift && 'Shift',
        press.key.length === 1 ? press.key.toUpperCase() : press.key[0]?.toUpperCase() + press.key.slice(1),
      ]
        .filter(Boolean)
        .join('+'),
    )
    .join(' ')
}

const symbols: Readonly<Record<string, string>> = { escape: 'Esc', enter: '↵', arrowup: '↑', arrowdown: '↓', arrowright: '→', ' ': 'Space' }

/** The keycaps to draw: `['⌘', 'K']` on a Mac, `['Ctrl', 'K']` elsewhere; `['G', 'I']` for a sequence. */
export function keycaps(keys: string, isMac: boolean): readonly string[] {
  return parseKeys(keys).flatMap((press) => [
    ...(press.isMod ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(press.isAlt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(press.isShift ? ['⇧'] : []),
    symbols[press.key] ?? press.key.toUpperCase(),
  ])
}
