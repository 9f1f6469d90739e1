/** Where people who write phones without a country mostly are; as names of the reader's language. */
const COUNTRIES = [
  'RU',
  'BY',
  'KZ',
  'UA',
  'UZ',
  'AM',
  'GE',
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'PL',
  'NL',
  'CH',
  'AT',
  'TR',
  'AE',
  'IL',
  'IN',
  'CA',
  'AU',
  'BR',
  'RS',
  'CY',
] as const

export function countryOptions(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  return COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).toSorted((a, b) => a.label.localeCompare(b.label, language))
}

/** Of `ru` Russia; of others the region of the browser, where it is among them. */
export function likelyCountry(language: string): string | null {
  const region = new Intl.Locale(language === 'ru' ? 'ru-RU' : navigator.language).region
  return COUNTRIES.find((country) => country === region) ?? null
}
