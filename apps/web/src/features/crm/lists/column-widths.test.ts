import { expect, it } from 'vitest'
import { movedColumn, withWidth } from './column-widths.ts'

it('puts a column before another one, and behind all', () => {
  const keys = ['a', 'b', 'c', 'd']
  expect(movedColumn(keys, 0, 2)).toEqual(['b', 'a', 'c', 'd'])
  expect(movedColumn(keys, 3, 1)).toEqual(['a', 'd', 'b', 'c'])
  expect(movedColumn(keys, 1, 4)).toEqual(['a', 'c', 'd', 'b'])
  expect(movedColumn(keys, 9, 0)).toEqual(keys)
})

it('keeps a width that can be read and that the contract takes, and forgets one that is given back', () => {
  expect(withWidth({ a: 100 }, 'b', 20.4)).toEqual({ a: 100, b: 60 })
  expect(withWidth({ a: 100 }, 'a', 5000)).toEqual({ a: 1000 })
  expect(withWidth({ a: 100, b: 70 }, 'a', null)).toEqual({ b: 70 })
})
