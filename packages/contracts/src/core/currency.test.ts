import { expect, it } from 'vitest'
import { digitsOf, factorOf, isCurrency } from './currency.ts'

it('knows what ISO 4217 has, and the digits behind the point of each', () => {
  expect(['EUR', 'JPY', 'KWD', 'QQQ'].map(isCurrency)).toEqual([true, true, true, false])
  for (let asked = 0; asked < 2; asked++) expect(['EUR', 'JPY', 'KWD'].map(digitsOf)).toEqual([2, 0, 3])
})

it('converts between smallest units of different size', () => {
  expect(100_00 * factorOf('EUR', 'JPY', 160)).toBe(16_000)
  expect(16_000 * factorOf('JPY', 'EUR', 0.00625)).toBeCloseTo(100_00)
})
