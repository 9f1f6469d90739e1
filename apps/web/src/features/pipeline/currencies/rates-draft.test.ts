import { expect, it } from 'vitest'
import { draftOf, updateOf, withRate, wrongIn, type RateDraft } from './rates-draft.ts'

const row: RateDraft = { key: '1', isNew: true, currency: 'USD', on: '2026-03-01', rate: '0.92' }
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

it('changes one rate and leaves the others the same things', () => {
  const other = { ...row, key: '2', currency: 'GBP' }
  const changed = withRate([row, other], '1', { rate: '1' })
  expect(changed[0]).toEqual({ ...row, rate: '1' })
  expect(changed[1]).toBe(other)
})
