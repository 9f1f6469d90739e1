import { Problem } from '@ai-crm/contracts'
import type { RateBucket } from '@ai-crm/platform'
import { createTestTokens } from '@ai-crm/testing/http'
import { expect, it } from 'vitest'
import { openTestDoor } from '../test-door.ts'

const tokens = await createTestTokens()
const get = (url: string, authorization = '') => fetch(`${url}/api/v1/auth/me`, { headers: { authorization } })

it('limits a person, says so in headers, and answers 429 with Retry-After', async () => {
  const door = await openTestDoor({ tokens, environment: { RATE_LIMIT_USER_PER_MINUTE: '3' } })
  const { authorization } = await tokens.bearer()
  const answers = []
  for (let call = 0; call < 4; call++) answers.push(await get(door.url, authorization))
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 429])
  expect(answers.map(({ headers }) => headers.get('ratelimit-remaining'))).toEqual(['2', '1', '0', '0'])
  const [, , , refused] = answers
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Problem.parse(await refused?.json()).code).toBe('gateway.rate_limit.exceeded')
  expect((await get(door.url, (await tokens.bearer()).authorization)).status).toBe(503)
})

it('limits an organisation, whoever of it asks', async () => {
  const door = await openTestDoor({ tokens, environment: { RATE_LIMIT_ORGANIZATION_PER_MINUTE: '2' } })
  const organizationId = crypto.randomUUID()
  const statuses = []
  for (let call = 0; call < 3; call++) statuses.push((await get(door.url, (await tokens.bearer('member', { organizationId })).authorization)).status)
  expect(statuses).toEqual([503, 503, 429])
})

it('charges strangers and guessed tokens to their address, whatever X-Forwarded-For claims', async () => {
  const door = await openTestDoor({ tokens, environment: { RATE_LIMIT_ADDRESS_PER_MINUTE: '3' } })
  const statuses = []
  for (let call = 0; call < 4; call++) {
    const answer = await fetch(`${door.url}/api/v1/auth/me`, { headers: { authorization: `Bearer a.b.${call}`, 'x-forwarded-for': `10.0.0.${call}` } })
    statuses.push(answer.status)
  }
  expect(statuses).toEqual([401, 401, 401, 429])
})

it('limits attempts to sign in with one e-mail address, however it is written', async () => {
  const door = await openTestDoor({ tokens, environment: { RATE_LIMIT_SIGN_IN_PER_15_MINUTES: '2' } })
  const attempt = (email: string) =>
    fetch(`${door.url}/api/v1/auth/sign-in`, {
      method: 'POST',
      body: JSON.stringify({ email, password: 'x' }),
      headers: { 'content-type': 'application/json' },
    })
  const statuses = []
  for (const email of ['ada@example.org', ' ADA@example.org', 'Ada@Example.org', 'bob@example.org']) statuses.push((await attempt(email)).status)
  expect(statuses).toEqual([503, 503, 429, 503])
})

it('charges what the contract says an operation costs', async () => {
  const charged: RateBucket[] = []
  const rateLimiter = {
    async charge(buckets: readonly RateBucket[]) {
      charged.push(...buckets)
      return { isAllowed: true, limit: 1, remaining: 1, resetSeconds: 0, retryAfterSeconds: 0 }
    },
  }
  const door = await openTestDoor({ tokens, rateLimiter })
  const { authorization, principal } = await tokens.bearer()
  await fetch(`${door.url}/api/v1/conversations/${crypto.randomUUID()}/drafts`, {
    method: 'POST',
    body: '{}',
    headers: { authorization, 'content-type': 'application/json' },
  })
  expect(charged.map(({ kind, cost }) => [kind, cost])).toEqual([
    ['user', 20],
    ['organization', 20],
    ['signed-in-address', 20],
    ['costly', 20],
  ])
  const tenants = charged.filter(({ kind }) => kind !== 'signed-in-address')
  expect(tenants.every(({ key }) => key.includes(principal.organizationId))).toBe(true)
})

it('charges whoever asks for the public keys, and lets nobody use up what others are given', async () => {
  const door = await openTestDoor({ tokens, environment: { RATE_LIMIT_ADDRESS_PER_MINUTE: '2' } })
  const ask = async (remoteAddress: string) => (await door.app.inject({ url: '/.well-known/jwks.json', remoteAddress })).statusCode
  const greedy = [await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.1')]
  expect(greedy).toEqual([503, 503, 429])
  expect(await ask('198.51.100.1')).toBe(503)
})
