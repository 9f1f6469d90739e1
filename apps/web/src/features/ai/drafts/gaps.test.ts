import { expect, it } from 'vitest'
import { firstGap, hasGap, splitGaps } from './gaps.ts'

it('finds what a person must fill in, in both languages', () => {
  expect(splitGaps('It costs [FILL IN: the price].').map(({ isGap }) => isGap)).toEqual([false, true, false])
  expect(hasGap('Стоит [ЗАПОЛНИТЬ: цена].')).toBe(true)
  expect(hasGap('It costs [49 €].')).toBe(false)
})

it('loses nothing', () => {
  const text = '[FILL IN: a][FILL IN: b] c [FILL IN: '
  expect(
    splitGaps(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})

it('knows where the first one stands', () => {
  const text = 'It costs [FILL IN: the price], in [FILL IN: the currency].'
  const gap = firstGap(text)
  expect(text.slice(gap?.start, gap?.end)).toBe('[FILL IN: the price]')
  expect(firstGap('It costs 49 €.')).toBeNull()
})
