import { expect, it } from 'vitest'
import { slugCandidates, slugOf } from './slug.ts'

it.each([
  ['Acme Ltd.', 'acme-ltd'],
  ['ООО «Рога и Копыта»', 'ooo-roga-i-kopyta'],
  ['Crème Brûlée', 'creme-brulee'],
  ['Щёлково & Ко', 'shchelkovo-ko'],
  ['  --Odd--  ', 'odd'],
  ['株式会社', 'team'],
  ['x'.repeat(90), 'x'.repeat(40)],
])('writes %j as the local part %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

it('tries the plain slug first, then numbered ones', () => {
  expect(slugCandidates('Acme', 2)).toEqual(['acme', 'acme-2', 'acme-3'])
})

it('never hands out an address that means somebody else', () => {
  expect(slugCandidates('Postmaster', 1)).toEqual(['postmaster-2'])
  expect(slugCandidates('Demo', 1)).toEqual(['demo-2'])
})
