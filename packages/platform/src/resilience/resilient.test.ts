import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { resilient } from './resilient.ts'

const away = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
const refused = () => Promise.reject(Object.assign(new Error('no such user'), { status: 404 }))
const refusedByServer = () => Promise.reject(Object.assign(new Error('busy'), { status: 503 }))
const newName = () => `test-${randomUUID()}`

async function outcomes(count: number, call: () => Promise<unknown>): Promise<unknown[]> {
  const results: unknown[] = []
  for (let index = 0; index < count; index++) results.push(await call().catch((error: { code?: unknown }) => error.code))
  return results
}

it('refuses at once when the dependency is down, without asking it', async () => {
  const [name, work] = [newName(), vi.fn(away)]
  const results = await outcomes(25, () => resilient({ name })(work))
  expect(results.slice(-5)).toEqual(Array(5).fill('platform.dependency_unavailable'))
  expect(work).toHaveBeenCalledTimes(20)
})

it('keeps one tenant’s broken credential from closing the door for another', async () => {
  const name = newName()
  await outcomes(25, () => resilient({ name, credential: 'broken' })(away))
  expect(await resilient({ name, credential: 'good' })(async () => 'sent')).toBe('sent')
})

it('does not take a refusal of the call for a failure of the dependency', async () => {
  const name = newName()
  await outcomes(50, () => resilient({ name })(refused))
  expect(await resilient({ name })(async () => 'done')).toBe('done')
})

it('lets the caller go at the total timeout, also when the work ignores its signal', async () => {
  const call = resilient({ name: newName(), totalTimeoutMs: 50 })(() => new Promise(() => undefined))
  await expect(call).rejects.toMatchObject({ code: 'platform.dependency_timeout', status: 504 })
})

it('stops when the caller gives up, and does not blame the dependency', async () => {
  const name = newName()
  for (let index = 0; index < 30; index++) {
    const caller = new AbortController()
    const call = resilient({ name })(() => new Promise(() => undefined), caller.signal)
    caller.abort(new Error('gone'))
    await expect(call).rejects.toThrow('gone')
  }
  expect(await resilient({ name })(async () => 'done')).toBe('done')
})

it('tries again when it may', async () => {
  const once = vi.fn<() => Promise<unknown>>(away).mockImplementationOnce(away).mockResolvedValueOnce('done')
  await resilient({ name: newName(), attempts: 3 })(once)
  expect(once).toHaveBeenCalledTimes(2)
})

it('makes no more repeats than 20 and one for ten calls', async () => {
  const name = newName()
  let asked = 0
  // A third fails for good: not enough for the breaker, and each would be tried three times.
  const call = (index: number) => resilient({ name, attempts: 3 })(() => (asked++, index % 3 === 0 ? refusedByServer() : Promise.resolve('done')))
  await Promise.allSettled(Array.from({ length: 200 }, (_, index) => call(index)))
  expect(asked).toBeGreaterThan(200)
  expect(asked).toBeLessThanOrEqual(200 + 20 + 20)
})
