import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
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

it('takes two signals at once for one, as below npm, and ends at once on a later one', async () => {
  const { exit, shutdown } = prepare()
  onTestFinished(() => void process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM'))
  shutdown.step('works', 10_000, () => new Promise((resolve) => setTimeout(resolve, 5_000)))
  shutdown.listen()
  process.emit('SIGINT', 'SIGINT')
  await vi.advanceTimersByTimeAsync(10)
  process.emit('SIGINT', 'SIGINT')
  expect(exit).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1_000)
  process.emit('SIGINT', 'SIGINT')
  expect(exit.mock.calls).toEqual([[130]])
})
