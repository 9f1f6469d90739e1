import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readSeveral, writeSeveral } from './several-in-cell.ts'

it('reads back whatever texts it wrote into one cell', () => {
  const text = fc
    .string({ unit: fc.constantFrom('a', 'ж', '"', ';', ',', '|', '\n', ' ', "'", '='), minLength: 1, maxLength: 8 })
    .map((one) => one.trim())
    .filter((one) => one !== '')
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      expect(readSeveral(writeSeveral(texts))).toEqual(texts)
    }),
  )
})

it.each([
  ['Gold; Silver', ['Gold', 'Silver']],
  ['Gold,Silver|Bronze\nIron;', ['Gold', 'Silver', 'Bronze', 'Iron']],
  ['"Gold; rare" ; Silver', ['Gold; rare', 'Silver']],
  ['"""Best""; ever"', ['"Best"; ever']],
  ['5" pipe; 7" pipe', ['5" pipe', '7" pipe']],
  ['"Gold; Silver', ['"Gold', 'Silver']],
  ['"Gold" rush, Silver', ['"Gold" rush', 'Silver']],
  [' ; ,', []],
])('reads %j as %j', (cell, texts) => {
  expect(readSeveral(cell)).toEqual(texts)
})

it('writes without quotation marks what nobody could misread', () => {
  expect(writeSeveral(['Gold', '5" pipe'])).toBe('Gold; 5" pipe')
})
