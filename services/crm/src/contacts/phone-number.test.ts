import { expect, it } from 'vitest'
import { countryOfLanguages, readPhone } from './phone-number.ts'

it.each([
  ['8 (900) 123-45-67', 'RU', '+79001234567', null],
  ['+7 900 123 45 67', null, '+79001234567', null],
  ['020 7946 0958 ext. 12', 'GB', '+442079460958', '12'],
  ['(212) 736-5000 x7', 'US', '+12127365000', '7'],
  ['00 44 20 7946 0958', 'DE', '+442079460958', null],
  ['8 (900) 123-45-67', null, null, null],
  ['12', 'RU', null, null],
  ['ask Eva', 'RU', null, null],
  ['+7 000 000 00 00', 'RU', null, null],
] as const)('reads %j in %j as %j, extension %j, and keeps what was written', (number, country, e164, extension) => {
  expect(readPhone(number, country)).toMatchObject({ number, e164, extension })
})

it.each([
  ['ru', 'RU'],
  ['ru-RU,ru;q=0.9,en;q=0.8', 'RU'],
  ['en-GB', 'GB'],
  ['de-AT;q=0.5', 'AT'],
  ['en', 'US'],
  ['*', null],
  ['', null],
  ['en-150', null],
  ['not a language', null],
])('takes whoever accepts %j to be in %j', (languages, country) => {
  expect(countryOfLanguages(languages)).toBe(country)
})
