import { expect, it } from 'vitest'
import { conditionOf, inGroupOrder } from './groups.ts'

const group = (value: string | null) => ({ value, count: 1, label: null, sums: [] })
const valuesOf = (field: Parameters<typeof inGroupOrder>[0], values: readonly (string | null)[]) =>
  inGroupOrder(field, values.map(group)).map(({ value }) => value)

it('asks for exactly the records that a group counts', () => {
  expect(conditionOf({ key: 'stage', kind: 'select' }, 'won')).toEqual({ field: 'stage', op: 'is', value: 'won' })
  expect(conditionOf({ key: 'tagIds', kind: 'multiSelect' }, 'x')).toEqual({ field: 'tagIds', op: 'isAnyOf', value: ['x'] })
  expect(conditionOf({ key: 'custom.a', kind: 'checkbox' }, 'false')).toEqual({ field: 'custom.a', op: 'is', value: false })
  expect(conditionOf({ key: 'ownerId', kind: 'person' }, null)).toEqual({ field: 'ownerId', op: 'isEmpty' })
  expect(conditionOf({ key: 'createdAt', kind: 'instant' }, '2028-02')).toEqual({ field: 'createdAt', op: 'between', value: ['2028-02-01', '2028-02-29'] })
})

it('shows options in their order, months with the newest first, and those without a value last', () => {
  expect(valuesOf({ key: 'stage', kind: 'select', options: ['new', 'won'] }, [null, 'won', 'new'])).toEqual(['new', 'won', null])
  expect(valuesOf({ key: 'createdAt', kind: 'instant' }, ['2026-01', null, '2026-11', '2025-12'])).toEqual(['2026-11', '2026-01', '2025-12', null])
  expect(valuesOf({ key: 'ownerId', kind: 'person' }, ['most', null, 'fewer'])).toEqual(['most', 'fewer', null])
})
