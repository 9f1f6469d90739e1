import type { Locale } from '@ai-crm/contracts'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { currentSession, onSessionChange } from '../session/session-store.ts'
import { chooseLocale, currentLocale, keepAccountLocale } from './locale.ts'

/** Each language is a chunk of its own: nobody downloads the other one. */
const words: Record<Locale, () => Promise<object>> = {
  en: () => import('./en/words.ts'),
  ru: () => import('./ru/words.ts'),
}

async function load(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'translation')) i18next.addResourceBundle(locale, 'translation', { ...(await words[locale]()) })
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    lng: 'en',
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  onSessionChange(followAccount)
  await load(currentLocale())
}

export async function setLocale(locale: Locale): Promise<void> {
  chooseLocale(locale)
  await load(locale)
}

/** The account's language counts until the person chooses another on this device: whoever signs in, and after every reload. */
function followAccount(): void {
  const session = currentSession()
  if (session.status !== 'signed-in') return
  keepAccountLocale(session.me.user.locale)
  void load(currentLocale())
}
