import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatMoney, parseMoney, typedMoney } from './money.ts'

it.each([
  ['12 500,50', 'EUR', 1_250_050],
  ['12,500.50', 'EUR', 1_250_050],
  ['12.500,5', 'EUR', 1_250_050],
  ['1 000 000', 'RUB', 100_000_000],
  ['1,000', 'USD', 100_000],
  ['1’500', 'CHF', 150_000],
  ['0.5', 'USD', 50],
  ['500', 'JPY', 500],
  ['1.234', 'KWD', 1234],
  ['12.500.000', 'RUB', 1_250_000_000],
  ['0.555', 'EUR', null],
  ['12.5555', 'EUR', null],
  ['5.5', 'JPY', null],
  ['-5', 'EUR', null],
  ['ten', 'EUR', null],
  ['', 'EUR', null],
  ['9'.repeat(20), 'EUR', null],
])('reads %j %s as %j', (typed, currency, minor) => {
  expect(parseMoney(typed, currency)).toBe(minor)
})

it('reads back what it has put into the field', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.constantFrom('EUR', 'RUB', 'JPY', 'KWD'), (minor, currency) => {
      expect(parseMoney(typedMoney(minor, currency), currency)).toBe(minor)
    }),
  )
})

it('shows the fraction only where there is one', () => {
  expect(formatMoney(1_250_000, 'EUR', 'en-US')).toBe('€12,500')
  expect(formatMoney(1_250_050, 'EUR', 'en-US')).toBe('€12,500.50')
  expect(formatMoney(500, 'JPY', 'en-US')).toBe('¥500')
})
