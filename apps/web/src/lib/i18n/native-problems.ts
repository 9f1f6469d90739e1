import i18next from 'i18next'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const isControl = (target: EventTarget | null): target is Control =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement

/** What the browser would say in its own language; null where its words fit better than ours. */
function problemOf({ validity, type }: Control): string | null {
  if (validity.valueMissing) return i18next.t('common.native.missing')
  if (validity.typeMismatch && type === 'email') return i18next.t('common.native.email')
  if (validity.typeMismatch && type === 'url') return i18next.t('common.native.url')
  return validity.badInput || validity.rangeOverflow || validity.rangeUnderflow ? i18next.t('common.native.unfit') : null
}

const forget = (control: Control) => control.setCustomValidity('')

/**
 * The browser's own checks of forms, in the language of the app: a browser speaks that of the machine. The words are taken back before the next
 * check, which would take them for a problem of their own.
 */
export function translateNativeProblems(): void {
  document.addEventListener(
    'invalid',
    ({ target }) => {
      if (!isControl(target)) return
      forget(target)
      const problem = problemOf(target)
      if (problem) target.setCustomValidity(problem)
    },
    true,
  )
  document.addEventListener('input', ({ target }) => isControl(target) && forget(target), true)
  // Enter in a field is a click of the form's button, too.
  document.addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null
      for (const control of button?.form?.elements ?? []) if (isControl(control)) forget(control)
    },
    true,
  )
}
