import type { Locale } from '@ai-crm/contracts'

/** Read before the first paint by public/before-paint.js. */
const KEY = 'ai-crm.locale'

export const LOCALES: readonly { value: Locale; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
]

/** What the person chose on this device, or null. */
export const chosenLocale = (): Locale | null => LOCALES.find(({ value }) => value === localStorage.getItem(KEY))?.value ?? null
export const browserLocale = (): Locale => (navigator.language.startsWith('ru') ? 'ru' : 'en')
export const rememberLocale = (locale: Locale): void => localStorage.setItem(KEY, locale)
