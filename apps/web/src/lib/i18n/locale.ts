import type { Locale } from '@ai-crm/contracts'

/** Both are read before the first paint by public/before-paint.js. */
const KEY = 'ai-crm.locale'
const ACCOUNT_KEY = 'ai-crm.account-locale'

export const LOCALES: readonly { value: Locale; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
]

const keptLocale = (key: string): Locale | null => LOCALES.find(({ value }) => value === localStorage.getItem(key))?.value ?? null
const browserLocale = (): Locale => (navigator.language.startsWith('ru') ? 'ru' : 'en')

/** What was chosen on this device; else the language of the account that was here last; else the browser's. */
export const currentLocale = (): Locale => keptLocale(KEY) ?? keptLocale(ACCOUNT_KEY) ?? browserLocale()
export const chooseLocale = (locale: Locale): void => localStorage.setItem(KEY, locale)
/** So that the next start, before anybody is known to be signed in, speaks it too. */
export const keepAccountLocale = (locale: Locale): void => localStorage.setItem(ACCOUNT_KEY, locale)
