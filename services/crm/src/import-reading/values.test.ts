import { expect, it } from 'vitest'
import { moneyOf, numberOf } from './values.ts'

it.each([
  ['1 234,50', 1234.5],
  ['1,234.50', 1234.5],
  ['1.234,50', 1234.5],
  ['1.234.567', 1_234_567],
  ['1234.567', 1234.567],
  ['0,125', 0.125],
  ['1,2345', 1.2345],
  ['-5', -5],
  ['−5,5', -5.5],
  ['5 apples', null],
])('reads %s as %s', (text, value) => {
  expect(numberOf(text, 'unknown')).toBe(value)
})

it.each(['1,234', '1.234', '-12.345', '123,456'])('does not guess whether %s has a fraction or thousands', (text) => {
  expect(numberOf(text, 'unknown')).toBeNull()
  expect(moneyOf(`${text} EUR`, null, 'unknown')).toBeNull()
})

it("knows how a workbook writes a fraction, and that a comma there is somebody else's", () => {
  expect(numberOf('1.234', 'point')).toBe(1.234)
  expect(numberOf('1,234', 'point')).toBeNull()
})
