import { defineEndpoints, Problem } from '@ai-crm/contracts'
import type { InjectOptions } from 'fastify'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { notFound } from '../errors.ts'
import { serviceKit } from '../service.ts'
import { createApp } from './create-app.ts'
import { createBareRuntime, createTestTokens, silentLog } from '@ai-crm/testing/http'
import { mountService } from './mount-service.ts'

const Thing = z.object({ id: z.uuid(), name: z.string(), note: z.string().nullable(), version: z.number().int() })
const endpoints = defineEndpoints('crm', {
  makeThing: {
    method: 'POST',
    path: '/things',
    summary: 'Make',
    access: 'crm.contact.create',
    idempotency: 'exempt',
    status: 201,
    bodyLimit: 2_000,
    body: z.object({ name: z.string().min(1).max(20), more: z.record(z.string(), z.unknown()).optional() }),
    response: Thing,
  },
  getThing: {
    method: 'GET',
    path: '/things/:thingId',
    summary: 'Read',
    access: 'signed-in',
    idempotency: 'safe',
    status: 200,
    concurrency: 'etag',
    params: z.object({ thingId: z.uuid() }),
    query: z.object({ limit: z.coerce.number().int().max(10).optional() }),
    response: Thing,
  },
  changeThing: {
    method: 'PUT',
    path: '/things/:thingId',
    summary: 'Change',
    access: 'signed-in',
    idempotency: 'natural',
    status: 204,
    concurrency: 'if-match',
    params: z.object({ thingId: z.uuid() }),
  },
  breakThing: { method: 'GET', path: '/broken', summary: 'Fail', access: 'public', idempotency: 'safe', status: 200, response: Thing },
  waitForThing: { method: 'GET', path: '/slow', summary: 'Wait', access: 'public', idempotency: 'safe', status: 200, response: Thing, timeoutMs: 20 },
  waitLongForThing: {
    method: 'GET',
    path: '/slower',
    summary: 'Wait',
    access: 'public',
    idempotency: 'safe',
    status: 200,
    response: Thing,
    timeoutMs: 600_000,
  },
  enter: { method: 'POST', path: '/enter', summary: 'Cookie', access: 'public', idempotency: 'exempt', status: 204 },
  download: { method: 'GET', path: '/file', summary: 'File', access: 'public', idempotency: 'safe', status: 200, produces: 'application/octet-stream' },
})

const id = '0192f0a0-0000-7000-8000-000000000001'
let expectedVersion = -1
const kit = serviceKit<unknown>()('crm', {})
const routes = [
  kit.handle(endpoints.makeThing, async (_ctx, { body }) => ({ id, name: body.name, note: null, version: 1 })),
  kit.handle(endpoints.getThing, async (_ctx, { params }) => {
    if (params.thingId !== id) throw notFound('thing')
    return { id, name: 'Ada', note: null, version: 7, secret: 'never sent' }
  }),
  kit.handle(endpoints.changeThing, async (_ctx, _input, http) => void (expectedVersion = http.expectedVersion)),
  kit.handle(endpoints.breakThing, async () => {
    throw new Error('select password from secret_table')
  }),
  kit.handle(endpoints.waitForThing, () => new Promise(() => undefined)),
  kit.handle(endpoints.waitLongForThing, () => new Promise(() => undefined)),
  kit.handle(endpoints.enter, async (_ctx, _input, http) => http.setCookie('session', http.cookies['session'] ?? 'new', 60)),
  kit.handle(endpoints.download, async () => ({ contentType: 'text/html', fileName: '../Отчёт "1".html', body: Buffer.from('<script>') })),
]

const tokens = await createTestTokens()
const app = createApp({ log: silentLog })
mountService(app, { runtime: createBareRuntime(routes), verifier: tokens.verifier })
const { authorization } = await tokens.bearer('owner')
const { authorization: viewer } = await tokens.bearer('viewer')

const send = (options: InjectOptions) => app.inject({ ...options, headers: { authorization, ...options.headers } })
const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  send({ method: 'POST', url: '/api/v1/things', payload, headers: { 'content-type': 'application/json', ...headers } })
/** Every refusal is a whole problem; returns its status, code and wrong fields. */
async function refusalOf(answering: ReturnType<typeof post>) {
  const answer = await answering
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const problem = Problem.parse(answer.json())
  expect(problem.status).toBe(answer.statusCode)
  expect(problem.requestId).toBe(answer.headers['x-request-id'])
  return [problem.status, problem.code, ...(problem.errors ?? []).map(({ field }) => field)]
}

it('answers by the contract: status, ETag, declared fields only', async () => {
  expect((await post('{"name":"Ada"}')).json()).toEqual({ id, name: 'Ada', note: null, version: 1 })
  const read = await send({ url: `/api/v1/things/${id}` })
  expect(read.headers['etag']).toBe('"7"')
  expect(read.headers['cache-control']).toBe('no-store')
  expect(read.json()).toEqual({ id, name: 'Ada', note: null, version: 7 })
})

const INVALID = 'platform.request.invalid'
const MALFORMED = 'platform.request.malformed_json'
it.each([
  ['a wrong type', '{"name":5}', [400, INVALID, '/name']],
  ['a missing field', '{}', [400, INVALID, '/name']],
  ['an unknown field', '{"name":"A","isAdmin":true}', [400, INVALID, '/isAdmin']],
  ['no object', '[]', [400, INVALID, '/']],
  ['no body', '', [400, INVALID, '/']],
  ['malformed JSON', '{"name":', [400, MALFORMED]],
  ['a duplicate key', '{"name":"A","name":"B"}', [400, MALFORMED]],
  ['a duplicate key deep inside', '{"name":"A","more":{"x":[{"y":1,"y":2}]}}', [400, MALFORMED]],
  ['__proto__', '{"name":"A","__proto__":{"isAdmin":true}}', [400, MALFORMED]],
  ['constructor.prototype', '{"name":"A","more":{"constructor":{"prototype":{}}}}', [400, MALFORMED]],
  ['deep nesting', `{"name":"A","more":${'{"x":'.repeat(40)}1${'}'.repeat(40)}}`, [400, MALFORMED]],
  ['NUL in a text', String.raw`{"name":"A\u0000"}`, [400, MALFORMED]],
  ['half of a character', String.raw`{"name":"\ud800"}`, [400, MALFORMED]],
  ['a text that is too long', `{"name":"${'a'.repeat(21)}"}`, [400, INVALID, '/name']],
  ['an oversized body', `{"name":"${'a'.repeat(2_000)}"}`, [413, 'platform.request.too_large']],
])('refuses %s', async (_what, body, expected) => {
  expect(await refusalOf(post(body))).toEqual(expected)
})

it('survives nesting of 100,000 levels', async () => {
  const deep = createApp({ log: silentLog })
  deep.post('/any', async () => 'ok')
  const answer = await deep.inject({ method: 'POST', url: '/any', payload: '['.repeat(100_000), headers: { 'content-type': 'application/json' } })
  expect(answer.statusCode).toBe(400)
})

it('refuses a body that is not UTF-8, or not JSON by its content type', async () => {
  expect(await refusalOf(post(Buffer.from([0x7b, 0xff, 0x7d])))).toEqual([400, MALFORMED])
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense'])
    expect(await refusalOf(post('{"name":"A"}', { 'content-type': type }))).toEqual([415, 'platform.request.media_type'])
})

it('names wrong parts of the address', async () => {
  expect(await refusalOf(send({ url: '/api/v1/things/5?limit=x&sort=name' }))).toEqual([400, INVALID, 'params/thingId', 'query/limit', 'query/sort'])
  expect(await refusalOf(send({ url: `/api/v1/things/${id}?limit=1&limit=2` }))).toEqual([400, INVALID, 'query/limit'])
  expect((await refusalOf(send({ url: '/api/v1/things/%ff' })))[0]).toBe(400)
})

it('tells a wrong method (405, Allow) from a wrong address (404)', async () => {
  const wrongMethod = await send({ method: 'DELETE', url: `/api/v1/things/${id}` })
  expect([wrongMethod.statusCode, wrongMethod.headers['allow']]).toEqual([405, 'GET, PUT'])
  expect(await refusalOf(send({ url: '/api/v1/nowhere' }))).toEqual([404, 'platform.path.unknown'])
})

it('asks for a token before it looks at the body, and for the permission', async () => {
  const stranger = await post('{"name":', { authorization: '' })
  expect([stranger.statusCode, stranger.headers['www-authenticate']]).toEqual([401, 'Bearer'])
  expect(await refusalOf(post('{"name":', { authorization: viewer }))).toEqual([403, 'platform.permission_denied'])
})

it('asks for If-Match and hands the version on', async () => {
  const put = (headers: Record<string, string>) => send({ method: 'PUT', url: `/api/v1/things/${id}`, headers })
  expect((await refusalOf(put({}))).slice(0, 2)).toEqual([428, 'platform.if_match.missing'])
  for (const header of ['*', 'W/"3"', '3', '"a"', '"1", "2"']) expect((await refusalOf(put({ 'if-match': header })))[0]).toBe(400)
  expect((await put({ 'if-match': '"3"' })).statusCode).toBe(204)
  expect(expectedVersion).toBe(3)
})

it('shows nothing internal of a failure', async () => {
  const answer = await send({ url: '/api/v1/broken' })
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toMatch(/select|secret|at /)
})

it('gives up at the deadline, and earlier when the caller waits less', async () => {
  expect(await refusalOf(send({ url: '/api/v1/slow' }))).toEqual([504, 'platform.deadline_exceeded'])
  expect(await refusalOf(send({ url: '/api/v1/slower', headers: { 'x-timeout-ms': '1' } }))).toEqual([504, 'platform.deadline_exceeded'])
})

it('keeps safe ids of the caller and replaces unsafe ones', async () => {
  const safe = await send({ url: '/api/v1/nowhere', headers: { 'x-correlation-id': 'from-browser.1', 'x-request-id': 'request-0001' } })
  expect([safe.headers['x-correlation-id'], safe.headers['x-request-id']]).toEqual(['from-browser.1', 'request-0001'])
  const unsafe = await send({ url: '/api/v1/nowhere', headers: { 'x-correlation-id': '<script>alert(1)</script>' } })
  expect(unsafe.headers['x-correlation-id']).toBe(unsafe.headers['x-request-id'])
})

it('sends a file as a download without rights', async () => {
  const { headers } = await send({ url: '/api/v1/file' })
  expect(headers['content-disposition']).toBe(`attachment; filename="..______ _1_.html"; filename*=UTF-8''.._%D0%9E%D1%82%D1%87%D1%91%D1%82%20%221%22.html`)
  expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
})

it('sets cookies that only this host gets back and no script can read', async () => {
  const { headers } = await send({ method: 'POST', url: '/api/v1/enter', headers: { cookie: '__Host-session=old; session=forged' } })
  expect(headers['set-cookie']).toBe('__Host-session=old; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict')
})

it.each([
  ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'https://behind.proxy' }, 204],
  ['no browser', {}, 204],
  ['our origin without Sec-Fetch-Site', { origin: 'http://localhost:3000' }, 204],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a sister domain', { 'sec-fetch-site': 'same-site' }, 403],
  ['another origin', { origin: 'https://evil.example' }, 403],
  ['an origin that begins like ours', { origin: 'http://localhost.evil.example' }, 403],
  ['an opaque origin', { origin: 'null' }, 403],
])('lets a cookie endpoint be called from %s or not', async (_from, headers, status) => {
  expect((await app.inject({ method: 'POST', url: '/api/v1/enter', headers: { host: 'localhost:3000', ...headers } })).statusCode).toBe(status)
})
