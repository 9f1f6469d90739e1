import type { BoardCard, BoardColumn } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { cardOf } from './card-fixture.ts'
import { cardsIn, differs, firstPages, totalsIn, weighted, withCard, withoutCard, type ColumnData } from './column-data.ts'

const card = (id: string, amountMinor: number | null = null) => cardOf(id, { amountMinor, currency: amountMinor === null ? null : 'EUR' })
const page = (...cards: BoardCard[]): BoardColumn => ({
  stage: 'new',
  totals: { count: 4, sums: [{ currency: 'EUR', amountMinor: 700 }] },
  cards,
  nextCursor: null,
})
const column: ColumnData = { pages: [page(card('a', 100), card('b')), page(card('c', 600), card('d'))], pageParams: ['', 'x'] }
const ids = (data: ColumnData) =>
  cardsIn(data)
    .map(({ id }) => id)
    .join('')

it('takes a card out and puts it in at any place, over pages, with count and sum', () => {
  const without = withoutCard(column, card('c', 600))
  expect(ids(without)).toBe('abd')
  expect(totalsIn(without)).toEqual({ count: 3, sums: [{ currency: 'EUR', amountMinor: 100 }] })
  for (const [index, order] of ['cabd', 'acbd', 'abcd', 'abdc', 'abdc'].entries()) expect(ids(withCard(without, card('c', 600), index))).toBe(order)
  expect(totalsIn(withCard(without, card('c', 600), 1))).toEqual({ count: 4, sums: [{ currency: 'EUR', amountMinor: 700 }] })
  expect(withoutCard(column, card('z', 1))).toBe(column)
})

it('keeps a currency apart from others, and forgets it with its last amount', () => {
  const dollars = { ...card('e', 50), currency: 'USD' }
  expect(totalsIn(withCard(column, dollars, 0)).sums).toEqual([
    { currency: 'EUR', amountMinor: 700 },
    { currency: 'USD', amountMinor: 50 },
  ])
  expect(totalsIn(withoutCard(withCard(column, dollars, 0), dollars)).sums).toEqual([{ currency: 'EUR', amountMinor: 700 }])
  expect(weighted({ count: 1, sums: [{ currency: 'EUR', amountMinor: 333 }] }, 50)).toEqual([{ currency: 'EUR', amountMinor: 167 }])
})

it('sees at a glance that a column is not what it was', () => {
  const now = page(card('a', 100))
  expect(differs(column, now)).toBe(false)
  expect(differs(column, { ...now, totals: { ...now.totals, count: 5 } })).toBe(true)
  expect(differs(column, { ...now, totals: { count: 4, sums: [{ currency: 'EUR', amountMinor: 701 }] } })).toBe(true)
  expect(differs(column, page({ ...card('a', 100), version: 2 }))).toBe(true)
  expect(differs(column, page(card('b')))).toBe(true)
})

it('has a bounded number of pages fetched anew, and goes on after the last of them', () => {
  const pages = Array.from({ length: 9 }, (_, at) => ({ ...page(card(`${at}`)), nextCursor: `${at + 1}` }))
  const { pages: kept, pageParams } = firstPages({ pages, pageParams: pages.map((_, at) => `${at}`) })
  expect([kept.length, pageParams.length, kept.at(-1)?.nextCursor]).toEqual([6, 6, '6'])
  expect(firstPages(column)).toBe(column)
})
