import { expect, it } from 'vitest'
import { BusyError, TaskFailedError, TaskTimeoutError, ThreadStartError } from './errors.ts'
import type { TestTasks } from './test-worker.ts'
import { WorkerPool } from './worker-pool.ts'

const pool = (options: { size?: number; maxWaiting?: number } = {}) =>
  new WorkerPool<TestTasks>({ script: new URL('./test-worker.ts', import.meta.url), size: 1, maxWaiting: 10, wallMs: 300, maxHeapMb: 64, ...options })

it('kills a task that blocks its thread, fails that task alone and goes on', async () => {
  const workers = pool()
  const [blocked, next] = await Promise.allSettled([workers.run('block', 10_000), workers.run('double', 21)])
  expect(blocked).toMatchObject({ status: 'rejected', reason: expect.any(TaskTimeoutError) })
  expect(next).toEqual({ status: 'fulfilled', value: 42 })
  await workers.close()
})

it('survives a task that throws and one that eats all memory', async () => {
  const workers = pool()
  await expect(workers.run('fail', 'broken mail')).rejects.toThrow(new TaskFailedError('broken mail'))
  await expect(workers.run('hoard', 0)).rejects.toThrow()
  expect(await workers.run('double', 1)).toBe(2)
  await workers.close()
})

it('refuses more than may wait', async () => {
  const workers = pool({ maxWaiting: 2 })
  const results = await Promise.allSettled(Array.from({ length: 5 }, (_, value) => workers.run('double', value)))
  expect(results.filter((result) => result.status === 'rejected' && result.reason instanceof BusyError).length).toBeGreaterThanOrEqual(2)
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(2)
  await workers.close()
})

it('rejects what waits when it closes', async () => {
  const workers = pool()
  const waiting = expect(workers.run('block', 5_000)).rejects.toThrow()
  await workers.close()
  await waiting
})

it('hands a large result over instead of copying it on the event loop, and copies a small one', async () => {
  const workers = pool()
  const { file } = await workers.run('makeBytes', 1_000_000)
  expect(Buffer.alloc(1_000_000, 7).equals(file[0]?.content ?? Buffer.alloc(0))).toBe(true)
  expect(await workers.run('bytesLeft', null)).toBe(0)
  await workers.run('makeBytes', 1_000)
  expect(await workers.run('bytesLeft', null)).toBe(1_000)
  await workers.close()
})

it('tells a thread that cannot start from a task that fails: the mail is not to blame', async () => {
  const workers = new WorkerPool<TestTasks>({ script: new URL('./missing.ts', import.meta.url), size: 1, maxWaiting: 10, wallMs: 300, maxHeapMb: 64 })
  await expect(workers.run('double', 1)).rejects.toThrow(ThreadStartError)
  await workers.close()
})
