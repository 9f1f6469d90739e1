import type { View } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { isChanged } from './views.ts'

const order = { sort: 'createdAt', direction: 'desc' } as const
const view: View = {
  id: '019ab000-0000-7000-8000-000000000000',
  record: 'deal',
  name: 'Large',
  isShared: false,
  ownerId: '019ab000-0000-7000-8000-000000000001',
  filter: { all: [{ value: { currency: 'EUR', amountMinor: 100 }, op: 'gte', field: 'amountMinor' }] },
  order,
  groupBy: null,
  columns: [],
  position: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
}

it('takes a filter for the same in whatever order PostgreSQL keeps its properties', () => {
  const search = (amountMinor: number) => ({ filter: { all: [{ field: 'amountMinor', op: 'gte' as const, value: { amountMinor, currency: 'EUR' } }] } })
  expect(isChanged(view, search(100), { order, columns: [] })).toBe(false)
  expect(isChanged(view, search(101), { order, columns: [] })).toBe(true)
  expect(isChanged(view, {}, { order, columns: [] })).toBe(true)
})
