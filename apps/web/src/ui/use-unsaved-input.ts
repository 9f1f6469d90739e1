import { useRef, type FocusEvent } from 'react'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const isControl = (target: EventTarget): target is Control =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement

const stateOf = (control: Control): string =>
  control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type) ? String(control.checked) : control.value

/** What is typed to find something is no work that could be lost. */
const isWork = (control: Control): boolean => control.form !== null && control.type !== 'search' && control.role !== 'combobox'

/**
 * Knows whether forms hold what nobody has kept: controls that differ from what stood in them when they first had the focus, and are there still.
 * `forget` begins anew.
 */
export function useUnsavedInput() {
  const begun = useRef(new Map<Control, string>())
  return {
    onFocusCapture: ({ target }: FocusEvent) => {
      if (isControl(target) && isWork(target) && !begun.current.has(target)) begun.current.set(target, stateOf(target))
    },
    isUnsaved: () => [...begun.current].some(([control, state]) => control.isConnected && stateOf(control) !== state),
    forget: () => begun.current.clear(),
  }
}
