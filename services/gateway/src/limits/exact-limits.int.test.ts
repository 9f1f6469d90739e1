import { connectRedisAdapters, type RateLimiter, type VolatileAdapters } from '@ai-crm/platform'
import { createTestTokens, silentLog } from '@ai-crm/testing/http'
import { eventually } from '@ai-crm/testing/eventually'
import { startRedis } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDoor, type TestDoor } from '../test-door.ts'

/** Reliability B12. So long a period that nothing is given back while the test runs. */
const PERIOD_SECONDS = 10_000_000
const REPLICAS = 4
const CLIENTS = 32
/** 20,000 by `npm run test:security`. A multiple of four. */
const LIMIT = Number(process.env['EXACT_LIMIT'] ?? 200)

const tokens = await createTestTokens()
const redis = await startRedis()
const environment = { RATE_LIMIT_USER_PER_MINUTE: String(LIMIT), RATE_LIMIT_ADDRESS_PER_MINUTE: String(LIMIT) }
let carriers: VolatileAdapters[]

beforeAll(async () => {
  carriers = await Promise.all(Array.from({ length: REPLICAS }, () => connectRedisAdapters(redis.url, silentLog, REPLICAS)))
})
afterAll(async () => {
  await Promise.all(carriers.map((carrier) => carrier.close()))
  await redis.stop()
})

const slow = ({ rateLimiter }: VolatileAdapters): RateLimiter => ({
  charge: (buckets) => rateLimiter.charge(buckets.map((bucket) => ({ ...bucket, periodSeconds: PERIOD_SECONDS }))),
})
const openDoors = () => Promise.all(carriers.map((carrier) => openTestDoor({ tokens, environment, rateLimiter: slow(carrier) })))

/** How many of three times the limit come through, asked by all clients at once. Past the limits nobody answers: 503. */
async function accepted(doors: readonly TestDoor[], headers: (call: number) => Record<string, string>): Promise<number> {
  let call = 0
  let count = 0
  const client = async () => {
    for (let own = call++; own < LIMIT * 3; own = call++) {
      const door = doors[own % doors.length]
      if (!door) throw new Error('no door')
      const { statusCode } = await door.app.inject({ url: '/api/v1/auth/me', headers: headers(own) })
      if (statusCode !== 429) count++
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return count
}

it('lets 32 clients of one person at four replicas do exactly what the limit says', async () => {
  const { authorization } = await tokens.bearer()
  expect(await accepted(await openDoors(), () => ({ authorization }))).toBe(LIMIT)
})

it('counts a stranger by the address of the connection, whatever X-Forwarded-For claims', async () => {
  expect(await accepted(await openDoors(), (call) => ({ 'x-forwarded-for': `10.${call % 250}.0.${call % 7}` }))).toBe(LIMIT)
})

it('goes on with a quarter of the limit in each of the four replicas when Redis is killed: never more, never nothing', async () => {
  const doors = await openDoors()
  await redis.kill()
  await eventually(() => expect(carriers.map(({ cache }) => cache.isHealthy())).toEqual([false, false, false, false]))
  const { authorization } = await tokens.bearer()
  expect(await accepted(doors, () => ({ authorization }))).toBe(LIMIT)
  const other = await tokens.bearer()
  expect(await accepted(doors.slice(0, 1), () => ({ authorization: other.authorization }))).toBe(LIMIT / REPLICAS)
})
