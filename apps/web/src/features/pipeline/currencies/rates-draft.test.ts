import { expect, it } from 'vitest'
import { draftOf, updateOf, wrongIn, type RateDraft } from './rates-draft.ts'

const row: RateDraft = { key: '1', currency: 'USD', on: '2026-03-01', rate: '0.92' }
const wrong = (part: Partial<RateDraft>, more: readonly RateDraft[] = []) => {
  const changed = { ...row, ...part }
  return wrongIn(changed, { currency: 'EUR', rates: [changed, ...more] })
}

it('takes a rate with a comma or a dot, and names what is wrong with another', () => {
  expect([wrong({}), wrong({ rate: '90,5' }), wrong({ rate: ' 1 ' })]).toEqual([null, null, null])
  expect(['', '0', '0,0', '-1', '1e3', '01', '1.2.3'].map((rate) => wrong({ rate }))).toEqual(Array.from({ length: 7 }, () => 'rate'))
  expect([wrong({ currency: '' }), wrong({ currency: 'EUR' }), wrong({ on: '' })]).toEqual(['currency', 'own', 'day'])
  expect(wrong({}, [{ ...row, key: '2', rate: '1' }])).toBe('twice')
})

it('sends what is kept as it is kept', () => {
  const kept = { currency: 'EUR', rates: [{ currency: 'USD', on: '2026-03-01', rate: '0.92' }], version: 2 }
  expect(updateOf(draftOf(kept))).toEqual({ currency: kept.currency, rates: kept.rates })
  expect(updateOf({ currency: 'EUR', rates: [{ ...row, rate: '90,5' }] }).rates[0]?.rate).toBe('90.5')
})
