import { startRedis, type RealServer } from '@ai-crm/testing/servers'
import { eventually } from '@ai-crm/testing/eventually'
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { cacheKey } from './cache-key.ts'
import { connectRedisAdapters, createMemoryAdapters, type VolatileAdapters } from './volatile-adapters.ts'

const log = pino({ level: 'silent' })
const newKey = () => cacheKey('global', 'test', randomUUID())
const perMinute = (limit: number, key = newKey()) => ({ key, limit, periodSeconds: 60, cost: 1 })

let redis: RealServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

describe.each([
  ['in one process', async () => createMemoryAdapters(log)],
  ['on Redis', () => connectRedisAdapters(redis.url, log)],
])('carriers %s', (_name, open) => {
  let adapters: VolatileAdapters
  beforeAll(async () => {
    adapters = await open()
  })
  afterAll(() => adapters.close())

  it('gives back what was stored, until it is deleted', async () => {
    const key = newKey()
    expect(await adapters.cache.get(key)).toBeNull()
    await adapters.cache.set(key, 'value ✓', 60)
    expect(await adapters.cache.get(key)).toBe('value ✓')
    await adapters.cache.delete(key)
    expect(await adapters.cache.get(key)).toBeNull()
  })

  it('forgets a value after its time', async () => {
    const key = newKey()
    await adapters.cache.set(key, 'value', 0.05)
    await sleep(80)
    expect(await adapters.cache.get(key)).toBeNull()
  })

  it('gives a taken value to exactly one of many callers', async () => {
    const key = newKey()
    await adapters.cache.set(key, 'ticket', 60)
    const takers = await Promise.all(Array.from({ length: 50 }, () => adapters.cache.take(key)))
    expect(takers.filter((value) => value === 'ticket')).toHaveLength(1)
  })

  it('allows exactly the limit at once, and says when there is room again', async () => {
    const bucket = perMinute(20)
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => adapters.rateLimiter.charge([bucket])))
    expect(verdicts.filter((verdict) => verdict.isAllowed)).toHaveLength(20)
    expect(verdicts.findLast((verdict) => !verdict.isAllowed)).toMatchObject({ limit: 20, remaining: 0, resetSeconds: 60, retryAfterSeconds: 3 })
  })

  it('gives units back evenly over the period', async () => {
    const bucket = { key: newKey(), limit: 10, periodSeconds: 1, cost: 1 }
    for (let unit = 0; unit < 10; unit++) await adapters.rateLimiter.charge([bucket])
    await sleep(220)
    const later = await Promise.all(Array.from({ length: 10 }, () => adapters.rateLimiter.charge([bucket])))
    const allowed = later.filter((verdict) => verdict.isAllowed).length
    expect(allowed).toBeGreaterThanOrEqual(2)
    expect(allowed).toBeLessThanOrEqual(4)
  })

  it('charges no bucket when one of them has no room', async () => {
    const [roomy, full] = [perMinute(2), perMinute(1)]
    await adapters.rateLimiter.charge([full])
    expect(await adapters.rateLimiter.charge([roomy, full])).toMatchObject({ isAllowed: false, limit: 1 })
    expect(await adapters.rateLimiter.charge([roomy])).toMatchObject({ isAllowed: true, remaining: 1 })
  })

  it('reports the tightest bucket', async () => {
    expect(await adapters.rateLimiter.charge([perMinute(100), perMinute(3)])).toMatchObject({ isAllowed: true, limit: 3, remaining: 2 })
  })

  it('brings a message to every receiver of its channel and to no other', async () => {
    const [channel, received, foreign] = [newKey(), vi.fn(), vi.fn()]
    const first = await adapters.fanout.subscribe(channel, received)
    const second = await adapters.fanout.subscribe(channel, (message) => received(`second ${message}`))
    const other = await adapters.fanout.subscribe(newKey(), foreign)
    onTestFinished(async () => void (await Promise.all([second.stop(), other.stop()])))

    await adapters.fanout.publish(channel, 'hello')
    await eventually(() => expect(new Set(received.mock.calls.flat())).toEqual(new Set(['hello', 'second hello'])))
    expect(foreign).not.toHaveBeenCalled()

    await first.stop()
    await adapters.fanout.publish(channel, 'again')
    await eventually(() => expect(received).toHaveBeenCalledTimes(3))
    expect(received).toHaveBeenLastCalledWith('second again')
  })

  it('keeps a failing receiver from silencing the others', async () => {
    const [channel, received] = [newKey(), vi.fn()]
    const failing = await adapters.fanout.subscribe(channel, () => {
      throw new Error('a bug')
    })
    const healthy = await adapters.fanout.subscribe(channel, received)
    onTestFinished(async () => void (await Promise.all([failing.stop(), healthy.stop()])))
    await adapters.fanout.publish(channel, 'hello')
    await eventually(() => expect(received).toHaveBeenCalledWith('hello'))
  })
})

it('shares one limit and one fanout between replicas', async () => {
  const replicas = await Promise.all([1, 2, 3, 4].map(() => connectRedisAdapters(redis.url, log)))
  onTestFinished(async () => void (await Promise.all(replicas.map((replica) => replica.close()))))
  const bucket = perMinute(100)
  const verdicts = await Promise.all(replicas.flatMap(({ rateLimiter }) => Array.from({ length: 50 }, () => rateLimiter.charge([bucket]))))
  expect(verdicts.filter((verdict) => verdict.isAllowed)).toHaveLength(100)

  const [channel, received] = [newKey(), vi.fn()]
  for (const { fanout } of replicas) await fanout.subscribe(channel, received)
  await replicas[0]?.fanout.publish(channel, 'to all')
  await eventually(() => expect(received).toHaveBeenCalledTimes(4))
})

it('only degrades while Redis is away, and is whole again when it is back', async () => {
  const own = await startRedis()
  const adapters = await connectRedisAdapters(own.url, log)
  onTestFinished(async () => {
    await adapters.close()
    await own.stop()
  })
  const [key, channel, received] = [newKey(), newKey(), vi.fn()]
  await adapters.cache.set(key, 'value', 60)
  await adapters.fanout.subscribe(channel, received)
  await own.kill()
  await eventually(() => expect(adapters.cache.isHealthy()).toBe(false))

  expect(await adapters.cache.get(key)).toBeNull()
  await adapters.cache.set(key, 'lost', 60)
  const verdicts = await Promise.all(Array.from({ length: 100 }, () => adapters.rateLimiter.charge([perMinute(40, key)])))
  expect(verdicts.filter((verdict) => verdict.isAllowed)).toHaveLength(10)
  await adapters.fanout.publish(channel, 'local')
  await eventually(() => expect(received).toHaveBeenCalledWith('local'))

  await own.restart()
  await eventually(() => expect(adapters.cache.isHealthy()).toBe(true))
  await adapters.cache.set(key, 'back', 60)
  expect(await adapters.cache.get(key)).toBe('back')
  await eventually(async () => {
    await adapters.fanout.publish(channel, 'over Redis')
    expect(received).toHaveBeenCalledWith('over Redis')
  })
})

it('never takes a late answer for the answer of the next command', async () => {
  const own = await startRedis()
  const [adapters, pausing] = [await connectRedisAdapters(own.url, log), new Redis(own.url)]
  onTestFinished(async () => {
    pausing.disconnect()
    await adapters.close()
    await own.stop()
  })
  await adapters.cache.set('late', 'late answer', 60)
  await adapters.cache.set('next', 'next answer', 60)
  await pausing.client('PAUSE', 1_500)
  expect(await adapters.cache.get('late')).toBeNull()
  await eventually(async () => expect(await adapters.cache.get('next')).toBe('next answer'))
  expect(await adapters.cache.get('late')).toBe('late answer')
})
