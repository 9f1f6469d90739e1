import { expect, it } from 'vitest'
import { groupOf } from './task-groups.ts'

const now = new Date(2026, 2, 18, 15, 30)
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).toISOString()

it.each([
  [null, 'sometime'],
  [at(17, 23), 'overdue'],
  [at(18, 15, 29), 'overdue'],
  [at(18, 15, 31), 'today'],
  [at(18, 23, 59), 'today'],
  [at(19, 0), 'tomorrow'],
  [at(20, 9), 'week'],
  [at(24, 23), 'week'],
  [at(25, 0), 'later'],
] as const)('puts %s under %s', (dueAt, group) => {
  expect(groupOf(dueAt, now)).toBe(group)
})
