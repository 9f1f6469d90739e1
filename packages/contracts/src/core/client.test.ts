import { expect, expectTypeOf, it } from 'vitest'
import type { Contact } from '../crm/http.ts'
import { createClient } from './client.ts'
import { ProblemError } from './problem-error.ts'

interface Sent {
  url: string
  method: string
  headers: Headers
  body: string | undefined
}

/** A server that answers with the given responses in turn and remembers what it was asked. */
function serverWith(...answers: readonly Response[]) {
  const sent: Sent[] = []
  const rest = [...answers]
  const answer: typeof fetch = async (url, init) => {
    sent.push({ url: String(url), method: init?.method ?? '', headers: new Headers(init?.headers), body: init?.body?.toString() })
    return rest.shift() ?? Response.error()
  }
  return { sent, fetch: answer }
}
const problem = (status: number, code: string, retryAfterSeconds = 7) =>
  Response.json({ type: 'urn:x', title: 'x', status, code, detail: 'No.', requestId: 'r-1' }, { status, headers: { 'retry-after': String(retryAfterSeconds) } })

it('sends an idempotency key and a correlation id, and the answer has the type of the contract', async () => {
  const server = serverWith(Response.json({ id: 'c' }, { status: 201 }))
  const client = createClient({ baseUrl: 'http://crm.test', fetch: server.fetch, accessToken: () => 'token' })
  const contact = await client.crm.createContact({ body: { name: 'Ada' } })
  expectTypeOf(contact).toEqualTypeOf<Contact>()
  expect(server.sent[0]).toMatchObject({ method: 'POST', url: 'http://crm.test/api/v1/contacts', body: '{"name":"Ada"}' })
  expect(server.sent[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
  expect(server.sent[0]?.headers.get('x-correlation-id')).toMatch(/^[0-9a-f]{32}$/)
  expect(server.sent[0]?.headers.get('authorization')).toBe('Bearer token')
})

it('fills the path, sends If-Match and leaves absent query fields out', async () => {
  const server = serverWith(Response.json({}), Response.json({ items: [], nextCursor: null }))
  const client = createClient({ baseUrl: '', fetch: server.fetch, accessToken: () => null })
  await client.crm.updateContact({ params: { contactId: 'a/b' }, body: {}, ifMatch: 3 })
  await client.crm.listContacts({ query: { search: 'Ada & Co', cursor: undefined } })
  expect(server.sent[0]?.url).toBe('/api/v1/contacts/a%2Fb')
  expect(server.sent[0]?.headers.get('if-match')).toBe('"3"')
  expect(server.sent[1]?.url).toBe('/api/v1/contacts?search=Ada+%26+Co')
})

it('refreshes once for all calls that meet a 401, and repeats each with the same key', async () => {
  let token = 'old'
  let refreshes = 0
  const server = serverWith(problem(401, 'x'), problem(401, 'x'), Response.json({}), Response.json({}))
  const client = createClient({
    baseUrl: '',
    fetch: server.fetch,
    accessToken: () => token,
    onUnauthorized: async () => {
      refreshes++
      token = 'new'
      return true
    },
  })
  await Promise.all([client.crm.createContact({ body: { name: 'A' } }), client.auth.getMe()])
  expect(refreshes).toBe(1)
  expect(server.sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer old', 'Bearer new', 'Bearer new'])
  const keys = server.sent.map(({ headers }) => headers.get('idempotency-key')).filter((key) => key !== null)
  expect(new Set(keys).size).toBe(1)
})

it('waits for the answer of an earlier copy that is still running, with the same key', async () => {
  const server = serverWith(problem(409, 'platform.idempotency.in_flight', 0), Response.json({ id: 'c' }, { status: 201 }))
  const client = createClient({ baseUrl: '', fetch: server.fetch, accessToken: () => null })
  expect(await client.crm.createContact({ body: { name: 'Ada' } })).toEqual({ id: 'c' })
  expect(new Set(server.sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1)
})

it('never refreshes because a sign-in was refused', async () => {
  const server = serverWith(problem(401, 'auth.credentials.wrong'))
  const client = createClient({ baseUrl: '', fetch: server.fetch, accessToken: () => null, onUnauthorized: () => Promise.reject(new Error('asked')) })
  await expect(client.auth.signIn({ body: { email: 'a@b.cd', password: 'x' } })).rejects.toMatchObject({ code: 'auth.credentials.wrong' })
})

it('throws the problem of the server, and one of its own when there is none', async () => {
  const server = serverWith(problem(429, 'gateway.rate_limit'), new Response('<html>', { status: 502 }))
  const client = createClient({ baseUrl: '', fetch: server.fetch, accessToken: () => null })
  await expect(client.auth.getMe()).rejects.toMatchObject({ status: 429, code: 'gateway.rate_limit', retryAfterSeconds: 7 })
  await expect(client.auth.getMe()).rejects.toMatchObject({ status: 502, code: 'client.unreadable_answer' })
})

it('says that the network is away, but passes an abort on as it is', async () => {
  const client = createClient({ baseUrl: '', fetch: () => Promise.reject(new TypeError('fetch failed')), accessToken: () => null })
  await expect(client.auth.getMe()).rejects.toBeInstanceOf(ProblemError)
  const aborted = AbortSignal.abort()
  await expect(client.auth.getMe({ signal: aborted })).rejects.toBeInstanceOf(TypeError)
})
