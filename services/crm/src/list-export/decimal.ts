import { digitsOf } from '@ai-crm/contracts'

/** An amount in the currency itself: 1050 with EUR is 10.5. */
export const decimalOf = (amountMinor: number, currency: string): number => Number((amountMinor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency)))

/** The same, the other way round. */
export const minorOf = (amount: number, currency: string): number => Math.round(amount * 10 ** digitsOf(currency))
