import { digitsOf } from '@ai-crm/contracts'

/** What one smallest unit is worth in smallest units of the other, at so many units for one. */
export const factorOf = (from: string, to: string, rate: number): number => rate * 10 ** (digitsOf(to) - digitsOf(from))
