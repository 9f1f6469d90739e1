import { allEndpoints, API_PREFIX, type Endpoint } from '@ai-crm/contracts'
import { describe, expect, it, vi } from 'vitest'
import { startFuzzedProduct } from '../fuzz/product-fixture.ts'
import { readWholeDatabase } from './whole-database-fixture.ts'

/** Reliability B11, ASVS 3.5: a page of somebody else changes nothing, whatever it makes the browser of a signed-in person send. */
const product = await startFuzzedProduct()
const { service, ownerToken } = product

const EVIL = 'https://evil.example'
const everywhere = allEndpoints.filter(({ access }) => access !== 'internal')
const changing = everywhere.filter(({ method }) => method !== 'GET')
const nobodys = crypto.randomUUID()
const urlOf = ({ path }: Endpoint): string => API_PREFIX + path.replaceAll(/:\w+/g, nobodys)

/** The cookies of a living session: what a browser would add by itself, were they not SameSite=Strict. */
async function cookiesOf(email: string): Promise<string> {
  const answer = await service.app.inject({ method: 'POST', url: `${API_PREFIX}/auth/sign-in`, payload: { email, password: 'correct horse battery' } })
  expect(answer.statusCode).toBe(200)
  return answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
const cookie = await cookiesOf('ada@fuzz.example')
await service.settle()
// Who was written is compared a second later, by a job that is gone when it is done.
await vi.waitUntil(async () => (await service.database.asAdmin('select 1 from crm.unmatched_record union all select 1 from crm.job')).length === 0, {
  timeout: 60_000,
})
await service.settle()

interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string
}

/** What a page can make a browser send without asking us first (Fetch, "CORS-safelisted"), and what it may try besides. */
const attacks: Readonly<Record<string, Sent>> = {
  'a form': { headers: { origin: EVIL, 'content-type': 'application/x-www-form-urlencoded' }, payload: 'name=x&email=ada%40fuzz.example' },
  'a form with a file': {
    headers: { origin: EVIL, 'content-type': 'multipart/form-data; boundary=b' },
    payload: '--b\r\ncontent-disposition: form-data; name="name"\r\n\r\nx\r\n--b--',
  },
  'JSON as text': { headers: { origin: EVIL, 'content-type': 'text/plain' }, payload: '{"name":"x","email":"ada@fuzz.example"}' },
  'JSON as text, from a page without an origin': { headers: { origin: 'null', 'content-type': 'text/plain' }, payload: '{"name":"x"}' },
  'JSON without a type': { headers: { origin: EVIL }, payload: '{"name":"x"}' },
  'nothing at all': { headers: { origin: EVIL } },
  // A page can keep its origin to itself, where the browser still tells the site: what a cookie alone authorises must not happen.
  'nothing at all, across sites': { headers: { 'sec-fetch-site': 'cross-site' } },
  'nothing at all, from a sibling domain': { headers: { 'sec-fetch-site': 'same-site' } },
  'fetch across sites': { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'content-type': 'application/json' }, payload: '{}' },
  'fetch from a sibling domain': {
    headers: { 'sec-fetch-site': 'same-site', origin: 'https://evil.localhost', 'content-type': 'application/json' },
    payload: '{}',
  },
  'fetch from an origin that begins like ours': { headers: { origin: 'http://localhost:80.evil.example', 'content-type': 'application/json' }, payload: '{}' },
}

describe.each(Object.entries(attacks))('%s', (_what, { headers, payload }) => {
  it('changes nothing at any endpoint of the contract, with the cookies of a signed-in person', async () => {
    const before = await readWholeDatabase(service.database)
    for (const endpoint of changing) {
      const answer = await service.app.inject({
        method: endpoint.method,
        url: urlOf(endpoint),
        headers: { ...headers, cookie },
        ...(payload ? { payload } : {}),
      })
      expect(answer.statusCode, `${endpoint.method} ${endpoint.path}`).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode, `${endpoint.method} ${endpoint.path}`).toBeLessThan(500)
      expect(answer.cookies, endpoint.path).toEqual([])
      expect(answer.headers, endpoint.path).not.toHaveProperty('access-control-allow-origin')
    }
    expect(await readWholeDatabase(service.database)).toEqual(before)
  })
})

it('leaves the session of the attacked person as it was: their own page goes on with it', async () => {
  const answer = await service.app.inject({ method: 'POST', url: `${API_PREFIX}/auth/refresh`, headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  expect(answer.statusCode).toBe(200)
})

it('changes nothing by an address that is only looked at: no GET, HEAD or OPTIONS of anything writes', async () => {
  await service.settle()
  const before = await readWholeDatabase(service.database)
  for (const endpoint of everywhere)
    for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) {
      const answer = await service.app.inject({ method, url: urlOf(endpoint), headers: { authorization: `Bearer ${ownerToken}`, cookie } })
      const isRead = method === 'GET' && everywhere.some((other) => other.method === 'GET' && urlOf(other) === urlOf(endpoint))
      // 400: read as the address of one thing, whose id that is not.
      if (!isRead) expect(answer.statusCode, `${method} ${endpoint.path}`).toBeOneOf([400, 404, 405])
    }
  expect(await readWholeDatabase(service.database)).toEqual(before)
})

it('takes a method from the request line only', async () => {
  for (const header of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
    const answer = await service.app.inject({ url: `${API_PREFIX}/auth/sign-out?_method=POST`, headers: { cookie, [header]: 'POST', origin: EVIL } })
    expect(answer.statusCode).toBe(405)
  }
})
