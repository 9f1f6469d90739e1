/** Offered first; what a deal has already is offered as well. Any of ISO 4217 can come by the API. */
export const CURRENCIES = ['RUB', 'USD', 'EUR', 'KZT', 'BYN', 'GBP', 'CHF', 'CNY', 'AED', 'TRY', 'JPY'] as const

export const currencyOptions = (current: string | null): { value: string; label: string }[] =>
  [...new Set([...(current ? [current] : []), ...CURRENCIES])].map((value) => ({ value, label: value }))

const KEY = 'ai-crm.currency'

/** The currency of the last deal that was made here, else that of the language. */
export const usualCurrency = (language: string): string => localStorage.getItem(KEY) ?? (language === 'ru' ? 'RUB' : 'USD')
export const rememberCurrency = (currency: string): void => localStorage.setItem(KEY, currency)
