import { expect, it } from 'vitest'
import { cursorStep, liftedStep, type Column } from './lift-keys.ts'

const column = (cellId: string, count: number, mayEnter = true, isOrdered = false): Column => ({ cellId, count, mayEnter, isOrdered })
const board = [column('new', 2), column('empty', 0), column('locked', 3, false), column('next', 5), column('won', 9, true, true)]

it('takes a lifted card up and down to every place, the end included', () => {
  expect(liftedStep(board, { cellId: 'new', index: 1 }, 'ArrowDown')).toEqual({ cellId: 'new', index: 2 })
  expect(liftedStep(board, { cellId: 'new', index: 2 }, 'ArrowDown')).toBeNull()
  expect(liftedStep(board, { cellId: 'new', index: 0 }, 'ArrowUp')).toBeNull()
})

it('takes it past columns that it may not enter, into empty ones too, and to the top of those that order themselves', () => {
  expect(liftedStep(board, { cellId: 'new', index: 2 }, 'ArrowRight')).toEqual({ cellId: 'empty', index: 0 })
  expect(liftedStep(board, { cellId: 'empty', index: 0 }, 'ArrowRight')).toEqual({ cellId: 'next', index: 0 })
  expect(liftedStep(board, { cellId: 'next', index: 4 }, 'ArrowRight')).toEqual({ cellId: 'won', index: 0 })
  expect(liftedStep(board, { cellId: 'won', index: 0 }, 'ArrowDown')).toBeNull()
  expect(liftedStep(board, { cellId: 'new', index: 0 }, 'ArrowLeft')).toBeNull()
})

it('takes the cursor to the nearest column that has cards', () => {
  expect(cursorStep(board, { cellId: 'new', index: 1 }, 'ArrowRight')).toEqual({ cellId: 'locked', index: 1 })
  expect(cursorStep(board, { cellId: 'next', index: 4 }, 'ArrowLeft')).toEqual({ cellId: 'locked', index: 2 })
  expect(cursorStep(board, { cellId: 'new', index: 1 }, 'ArrowDown')).toBeNull()
  expect(cursorStep(board, { cellId: 'next', index: 1 }, 'End')).toEqual({ cellId: 'next', index: 4 })
  expect(cursorStep(board, { cellId: 'next', index: 1 }, 'Home')).toEqual({ cellId: 'next', index: 0 })
})
