import { CONTACT_CHANNELS, CONSENTS, canonicalLanguage, type Consent, type ContactChannel } from '@ai-crm/contracts'
import { plainHeading } from './plain-heading.ts'

const CHANNEL_NAMES: Readonly<Record<ContactChannel, readonly string[]>> = {
  email: ['e mail', 'mail', 'почта', 'эл почта', 'электронная почта', 'письмо'],
  telegram: ['tg', 'телеграм', 'телеграмм'],
  phone: ['call', 'telephone', 'phone call', 'mobile', 'телефон', 'звонок', 'по телефону'],
}

/** A bare yes or no is none: a column may as well say who has opted out. */
const CONSENT_NAMES: Readonly<Record<Consent, readonly string[]>> = {
  given: ['granted', 'opt in', 'opted in', 'subscribed', 'дано', 'дал', 'дала', 'согласен', 'согласна', 'подписан', 'подписана'],
  withdrawn: [
    'revoked',
    'refused',
    'opt out',
    'opted out',
    'unsubscribed',
    'отозвано',
    'отозвал',
    'отозвала',
    'отказ',
    'отписан',
    'отписана',
    'отписался',
    'отписалась',
  ],
}

const byName = <Value extends string>(values: readonly Value[], names: Readonly<Record<Value, readonly string[]>>): ReadonlyMap<string, Value> =>
  new Map(values.flatMap((value) => [value, ...names[value]].map((name): [string, Value] => [name, value])))
const CHANNELS = byName(CONTACT_CHANNELS, CHANNEL_NAMES)
const CONSENT_WORDS = byName(CONSENTS, CONSENT_NAMES)

export const channelOf = (text: string): ContactChannel | null => CHANNELS.get(plainHeading(text)) ?? null
export const consentOf = (text: string): Consent | null => CONSENT_WORDS.get(plainHeading(text)) ?? null

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
let known: ReadonlyMap<string, string> | null = null

/** Languages by what they are called in English and Russian; made when the first one is asked for. */
function languageNames(): ReadonlyMap<string, string> {
  if (known) return known
  const tags = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((tag) => canonicalLanguage(tag) === tag)
  const names = ['en', 'ru'].map((locale) => new Intl.DisplayNames(locale, { type: 'language' }))
  known = new Map(tags.flatMap((tag) => names.map((of): [string, string] => [plainHeading(of.of(tag) ?? tag), tag])))
  return known
}

/** `en`, `pt-BR`, `German`, `немецкий`. */
export const languageOf = (text: string): string | null =>
  canonicalLanguage(text.replaceAll('_', '-')) ?? languageNames().get(plainHeading(text).replace(/ (?:language|язык)$/, '')) ?? null
