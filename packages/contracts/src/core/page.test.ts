import { expect, it } from 'vitest'
import { filterValue } from '../crm/filter.ts'
import { FlowQuery } from '../pipeline/history.ts'
import { Day } from './page.ts'

it.each([
  ['0001-01-01', true],
  ['2024-02-29', true],
  ['0000-01-01', false],
  ['2023-02-29', false],
])('takes %s for a day of the calendar: %s', (day, isOne) => {
  expect(Day.safeParse(day).success).toBe(isOne)
  expect(filterValue({ kind: 'instant' }, 'is')?.safeParse(day).success).toBe(isOne)
  expect(FlowQuery.safeParse({ from: day, to: '2026-01-01' }).success).toBe(isOne)
})
