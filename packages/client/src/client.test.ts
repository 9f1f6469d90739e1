import { expect, it } from 'vitest'
import { createCrmClient } from './create-crm-client.ts'
import { items } from './items.ts'
import { CrmProblem, unwrap } from './problem.ts'

/** Answers in turn, and remembers what was asked. */
function serverWith(...answers: readonly (Response | Error)[]) {
  const asked: Request[] = []
  const rest = [...answers]
  return {
    asked,
    async fetch(request: Request): Promise<Response> {
      asked.push(request)
      const next = rest.shift() ?? new Error('nothing more was expected')
      if (next instanceof Error) throw next
      return next
    },
  }
}
const url = 'https://crm.test/'
const header = (name: string, asked: readonly Request[]) => asked.map(({ headers }) => headers.get(name))
const busy = (status = 503, retryAfter = '0') =>
  Response.json({ code: 'platform.unavailable', detail: 'Busy.' }, { status, headers: { 'retry-after': retryAfter } })
const ada = { id: 'c', name: 'Ada', version: 1 }

it('repeats what a repeat may cure with the same key, until it is answered', async () => {
  const server = serverWith(busy(), new TypeError('fetch failed'), Response.json(ada, { status: 201 }))
  const crm = createCrmClient({ url, token: 'key', fetch: server.fetch })
  expect(await unwrap(crm.POST('/contacts', { body: { name: 'Ada' } }))).toEqual(ada)
  expect(server.asked).toHaveLength(3)
  expect(server.asked[0]?.url).toBe('https://crm.test/api/v1/contacts')
  expect(new Set(header('idempotency-key', server.asked)).size).toBe(1)
  expect(header('authorization', server.asked)).toEqual(['Bearer key', 'Bearer key', 'Bearer key'])
  expect(await server.asked[2]?.json()).toEqual({ name: 'Ada' })
})

it('keeps the key that was given', async () => {
  const server = serverWith(Response.json(ada, { status: 201 }))
  await createCrmClient({ url, fetch: server.fetch }).POST('/contacts', { params: { header: { 'Idempotency-Key': 'mine' } }, body: { name: 'Ada' } })
  expect(header('idempotency-key', server.asked)).toEqual(['mine'])
})

it('gives up after three attempts, at once when it is told to wait for long, and never repeats a refusal', async () => {
  const always = serverWith(busy(), busy(), busy(), busy())
  await expect(unwrap(createCrmClient({ url, fetch: always.fetch }).GET('/auth/me'))).rejects.toMatchObject({ status: 503, code: 'platform.unavailable' })
  expect(always.asked).toHaveLength(3)
  const long = serverWith(busy(429, '600'))
  await expect(unwrap(createCrmClient({ url, fetch: long.fetch }).GET('/auth/me'))).rejects.toMatchObject({ retryAfterSeconds: 600 })
  const refused = serverWith(Response.json({ code: 'x', detail: 'No.', requestId: 'r-1', errors: [{ field: '/name', message: 'Empty' }] }, { status: 400 }))
  const refusal = await unwrap(createCrmClient({ url, fetch: refused.fetch }).GET('/auth/me')).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(CrmProblem)
  expect(refusal).toMatchObject({ code: 'x', requestId: 'r-1', message: 'No.', fields: [{ field: '/name' }] })
  expect([long.asked.length, refused.asked.length]).toEqual([1, 1])
})

it('repeats no more than one call in ten on average', async () => {
  const asked: Request[] = []
  const fetch = async (request: Request) => (asked.push(request), busy())
  const crm = createCrmClient({ url, fetch })
  for (let call = 0; call < 60; call++) await crm.GET('/auth/me')
  expect(asked.length).toBeLessThanOrEqual(60 + 10 + 6)
})

it('gets a new token once for all calls that met a 401', async () => {
  let token = 'old'
  let renewals = 0
  const fetch = async ({ headers }: Request) => (headers.get('authorization') === 'Bearer new' ? Response.json({}) : Response.json({}, { status: 401 }))
  const onUnauthorized = async () => (renewals++, (token = 'new'), true)
  const crm = createCrmClient({ url, token: () => token, onUnauthorized, fetch })
  const answers = await Promise.all([crm.GET('/auth/me'), crm.GET('/auth/me')])
  expect(answers.map(({ response }) => response.status)).toEqual([200, 200])
  expect(renewals).toBe(1)
})

it('walks all pages', async () => {
  const pages = [
    { items: [1, 2], nextCursor: 'a' },
    { items: [], nextCursor: 'b' },
    { items: [3], nextCursor: null },
  ]
  const cursors: unknown[] = []
  const seen: number[] = []
  for await (const item of items(async (cursor) => (cursors.push(cursor), pages.shift() ?? { items: [], nextCursor: null }))) seen.push(item)
  expect([seen, cursors]).toEqual([
    [1, 2, 3],
    [undefined, 'a', 'b'],
  ])
})
