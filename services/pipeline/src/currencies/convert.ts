/** Digits behind the point, as ISO 4217 has them: 2 of EUR, 0 of JPY, 3 of KWD. */
const digitsOf = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** What one smallest unit is worth in smallest units of the other, at so many units for one. */
export const factorOf = (from: string, to: string, rate: number): number => rate * 10 ** (digitsOf(to) - digitsOf(from))
