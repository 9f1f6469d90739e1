import { expect, it } from 'vitest'
import { isTyped, movedBy } from './grid-keys.ts'

const press = (key: string, held: { ctrlKey?: boolean; shiftKey?: boolean; altKey?: boolean; metaKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})
const extent = { rows: 100, columns: 4, pageRows: 10 }
const from = { row: 5, column: 2 }

it('moves by one cell, to the ends of a row, by pages, and to the ends of the table, never beyond', () => {
  expect(movedBy(press('ArrowDown'), from, extent)).toEqual({ row: 6, column: 2 })
  expect(movedBy(press('ArrowUp'), { row: 0, column: 2 }, extent)).toEqual({ row: 0, column: 2 })
  expect(movedBy(press('ArrowRight'), { row: 5, column: 3 }, extent)).toEqual({ row: 5, column: 3 })
  expect(movedBy(press('Home'), from, extent)).toEqual({ row: 5, column: 0 })
  expect(movedBy(press('End', { ctrlKey: true }), from, extent)).toEqual({ row: 99, column: 3 })
  expect(movedBy(press('PageDown'), { row: 95, column: 2 }, extent)).toEqual({ row: 99, column: 2 })
  expect(movedBy(press('ArrowLeft', { metaKey: true }), from, extent)).toEqual({ row: 5, column: 0 })
})

it('lets Tab leave the table at the ends of a row, so that nobody is caught in it', () => {
  expect(movedBy(press('Tab'), from, extent)).toEqual({ row: 5, column: 3 })
  expect(movedBy(press('Tab'), { row: 5, column: 3 }, extent)).toBeNull()
  expect(movedBy(press('Tab', { shiftKey: true }), { row: 5, column: 0 }, extent)).toBeNull()
})

it('leaves keys with Alt, and keys that move nothing, to the browser and to the shortcuts', () => {
  expect(movedBy(press('ArrowLeft', { altKey: true }), from, extent)).toBeNull()
  expect(movedBy(press('j'), from, extent)).toBeNull()
})

it('takes one sign for typing, and neither names of keys nor shortcuts', () => {
  expect([press('a'), press('Ж'), press('7'), press('😀')].map(isTyped)).toEqual([true, true, true, true])
  expect([press('Enter'), press('F2'), press(' '), press('c', { ctrlKey: true })].map(isTyped)).toEqual([false, false, false, false])
})
