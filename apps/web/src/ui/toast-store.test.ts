import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { actOnToast, holdToasts, showToast } from './toast-store.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  holdToasts(false)
  vi.runAllTimers()
  vi.useRealTimers()
})

const undoable = () => {
  const told = { undone: vi.fn(), gone: vi.fn() }
  const id = showToast({ kind: 'done', text: 'Deleting', action: { label: 'Undo', run: told.undone }, onGone: told.gone })
  return { id, ...told }
}

it('lets what can be taken back happen once its toast has gone, after ten seconds', () => {
  const { gone, undone } = undoable()
  vi.advanceTimersByTime(9_900)
  expect(gone).not.toHaveBeenCalled()
  vi.advanceTimersByTime(200)
  expect([gone.mock.calls.length, undone.mock.calls.length]).toEqual([1, 0])
})

it('waits for whoever is at it, and gives the whole time again afterwards', () => {
  const { gone } = undoable()
  vi.advanceTimersByTime(9_000)
  holdToasts(true)
  vi.advanceTimersByTime(60_000)
  holdToasts(false)
  vi.advanceTimersByTime(9_900)
  expect(gone).not.toHaveBeenCalled()
  vi.advanceTimersByTime(200)
  expect(gone).toHaveBeenCalledOnce()
})

it('does nothing of it when it was taken back, and loses none that others push out', () => {
  const [first, second] = [undoable(), undoable()]
  for (const text of ['One', 'Two']) showToast({ kind: 'done', text })
  expect([first.gone.mock.calls.length, second.gone.mock.calls.length]).toEqual([1, 0])
  actOnToast(second.id)
  vi.advanceTimersByTime(60_000)
  expect([second.gone.mock.calls.length, second.undone.mock.calls.length]).toEqual([0, 1])
})
