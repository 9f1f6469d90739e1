const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** Whether ISO 4217 has the code, as far as the runtime knows. */
export const isCurrency = (code: string): boolean => currencies.has(code)

const digits = new Map<string, number>()

/** Digits behind the point, as ISO 4217 has them: 2 of EUR, 0 of JPY, 3 of KWD. Throws RangeError where the code is none. */
export function digitsOf(currency: string): number {
  const known = digits.get(currency)
  if (known !== undefined) return known
  const read = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  digits.set(currency, read)
  return read
}

/** What one smallest unit is worth in smallest units of the other, at so many units for one. */
export const factorOf = (from: string, to: string, rate: number): number => rate * 10 ** (digitsOf(to) - digitsOf(from))
