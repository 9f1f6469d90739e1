import { useState, type FocusEvent } from 'react'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const isControl = (target: EventTarget): target is Control =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement

const stateOf = (control: Control): string =>
  control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type) ? String(control.checked) : control.value

/** What is typed to find something is no work that could be lost. */
const isWork = (control: Control): boolean => control.form !== null && control.type !== 'search' && control.role !== 'combobox'

/** What stood in the controls of forms when they first had the focus. */
class UnsavedInput {
  readonly #begun = new Map<Control, string>()
  #last: Control | null = null

  readonly onFocusCapture = ({ target }: FocusEvent): void => {
    if (!isControl(target) || !isWork(target)) return
    this.#last = target
    if (!this.#begun.has(target)) this.#begun.set(target, stateOf(target))
  }

  /** Controls that are not there any more have been kept, or were let go on purpose. */
  isThere(): boolean {
    return [...this.#begun].some(([control, state]) => control.isConnected && stateOf(control) !== state)
  }

  /** To where it was being written. */
  goOn(): void {
    this.#last?.focus()
  }

  forget(): void {
    this.#begun.clear()
    this.#last = null
  }
}

/** Knows whether the forms within an element hold what nobody has kept. */
export function useUnsavedInput(): UnsavedInput {
  const [unsaved] = useState(() => new UnsavedInput())
  return unsaved
}
