import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createShutdown } from './shutdown.ts'

const log = pino({ level: 'silent' })
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function prepare() {
  const [done, exit] = [[] as string[], vi.fn<(code: number) => void>()]
  return { done, exit, shutdown: createShutdown(log, exit) }
}

it('runs the steps in order, once, and exits with 0', async () => {
  const { done, exit, shutdown } = prepare()
  shutdown.step('drain', 100, () => void done.push('drain'))
  shutdown.step('close', 100, async () => void done.push('close'))
  await Promise.all([shutdown.run('test'), shutdown.run('test')])
  expect(done).toEqual(['drain', 'close'])
  expect(exit.mock.calls).toEqual([[0]])
})

it('passes over steps that fail or hang', async () => {
  const { done, exit, shutdown } = prepare()
  shutdown.step('fails', 100, () => Promise.reject(new Error('a bug')))
  shutdown.step('hangs', 5_000, () => new Promise(() => undefined))
  shutdown.step('close', 100, () => void done.push('close'))
  const finished = shutdown.run('test')
  await vi.advanceTimersByTimeAsync(5_000)
  await finished
  expect(done).toEqual(['close'])
  expect(exit.mock.calls).toEqual([[0]])
})

it('ends the process after 30 s whatever still runs', async () => {
  const { exit, shutdown } = prepare()
  shutdown.step('hangs', 60_000, () => new Promise(() => undefined))
  void shutdown.run('test')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(exit.mock.calls).toEqual([[1]])
})
