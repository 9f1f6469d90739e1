import { expect, it } from 'vitest'
import { Turn } from './turn.ts'

it('lasts a minute from the first row that is stored where others wait, however long reading took, and ten where nobody does', () => {
  let now = 0
  const turn = new Turn(() => now)
  now = 3_600_000
  turn.begin()
  expect([turn.isOver(true), turn.isOver(false)]).toEqual([false, false])
  now += 60_001
  turn.begin()
  expect([turn.isOver(true), turn.isOver(false)]).toEqual([true, false])
  now += 540_000
  expect(turn.isOver(false)).toBe(true)
})
