import type { ContactPhone } from '@ai-crm/contracts'
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'
import { LRUCache } from 'lru-cache'

type Read = Omit<ContactPhone, 'label'>

// Contacts from before phones were read are read with each page that shows them: a number costs as much as five contacts.
const known = new LRUCache<string, Read>({ max: 10_000 })

/** The number as it was written and as it is dialled. What nobody could dial is kept, without the rest. `country`: where it was written. */
export function readPhone(number: string, country: CountryCode | null): Read {
  const key = `${country ?? ''} ${number}`
  const phone = known.get(key) ?? parsePhone(number, country)
  known.set(key, phone)
  return phone
}

function parsePhone(number: string, country: CountryCode | null): Read {
  const phone = parsePhoneNumberFromString(number, country ? { defaultCountry: country } : undefined)
  if (!phone?.isValid()) return { number, e164: null, extension: null, international: null }
  return { number, e164: phone.number, extension: phone.ext ?? null, international: phone.formatInternational() }
}

/** The country of whoever accepts these languages (RFC 9110, 12.5.4), likely where they name none: of `ru` Russia. */
export function countryOfLanguages(acceptLanguage: string): CountryCode | null {
  const [first = ''] = acceptLanguage.split(/[,;]/, 1)
  const country = countries.get(first) ?? { code: likelyCountry(first) }
  countries.set(first, country)
  return country.code
}

// Everybody names one of a few languages, and asking for the likely country of one costs as much as reading a contact does.
const countries = new LRUCache<string, { readonly code: CountryCode | null }>({ max: 200 })

function likelyCountry(language: string): CountryCode | null {
  try {
    const region = new Intl.Locale(language.trim()).maximize().region ?? ''
    return isSupportedCountry(region) ? region : null
  } catch {
    return null
  }
}
