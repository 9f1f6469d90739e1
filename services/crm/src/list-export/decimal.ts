const digits = new Map<string, number>()

/** Digits after the point in amounts of the currency (ISO 4217). */
function digitsOf(currency: string): number {
  const known = digits.get(currency)
  if (known !== undefined) return known
  const read = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  digits.set(currency, read)
  return read
}

/** An amount in the currency itself: 1050 with EUR is 10.5. */
export const decimalOf = (amountMinor: number, currency: string): number => Number((amountMinor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency)))

/** The same, the other way round. */
export const minorOf = (amount: number, currency: string): number => Math.round(amount * 10 ** digitsOf(currency))
