import { defineEndpoints } from '@ai-crm/contracts'
import { createBareRuntime, createTestTokens, silentLog } from '@ai-crm/testing/http'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { serviceKit } from '../service.ts'
import { createApp } from './create-app.ts'
import { mountService } from './mount-service.ts'

const endpoints = defineEndpoints('crm', {
  look: {
    method: 'GET',
    path: '/things',
    summary: 'Look',
    access: 'crm.contact.read',
    idempotency: 'safe',
    status: 200,
    response: z.object({ name: z.string() }),
  },
  fail: { method: 'GET', path: '/failures', summary: 'Fail', access: 'crm.contact.read', idempotency: 'safe', status: 200, response: z.object({}) },
})
const kit = serviceKit()('crm', {})
const routes = [
  kit.handle(endpoints.look, async () => ({ name: 'Ада' })),
  kit.handle(endpoints.fail, async () => {
    throw new Error('a fault of ours')
  }),
]
const tokens = await createTestTokens()
const app = createApp({ log: silentLog, trustedProxyHops: 1 })
mountService(app, { runtime: createBareRuntime(routes), verifier: tokens.verifier })
const { authorization } = await tokens.bearer('owner')

/** An answer of each kind. */
const asked = [
  ['an answer', { url: '/api/v1/things', headers: { authorization } }, 200],
  ['a refusal without a token', { url: '/api/v1/things' }, 401],
  ['a fault', { url: '/api/v1/failures', headers: { authorization } }, 500],
  ['an unknown address', { url: '/api/v1/nothing' }, 404],
  ['an address that cannot be decoded', { url: '/api/v1/%ff' }, 400],
  ['a wrong method', { method: 'PUT', url: '/api/v1/things' }, 405],
] as const

it.each(asked)('protects every answer, the same way: %s', async (_what, request, status) => {
  const { statusCode, headers } = await app.inject(request)
  expect(statusCode).toBe(status)
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
})

it.each(asked)('says of every answer what it is, and how its letters are written: %s', async (_what, request) => {
  const { headers, rawPayload } = await app.inject(request)
  expect(headers['content-type']).toMatch(/^application\/(?:problem\+)?json; charset=utf-8$/)
  expect(new TextDecoder('utf-8', { fatal: true }).decode(rawPayload)).toMatch(/^\{/)
})

it.each(asked)('asks browsers for TLS for a year, with subdomains, where it is seen over TLS: %s', async (_what, request) => {
  const over = async (protocol: string) => {
    const headers = 'headers' in request ? request.headers : {}
    return (await app.inject({ ...request, headers: { ...headers, 'x-forwarded-proto': protocol } })).headers['strict-transport-security']
  }
  expect(await over('https')).toBe('max-age=31536000; includeSubDomains')
  // RFC 6797 7.2: not over plain HTTP.
  expect(await over('http')).toBeUndefined()
})

it('does not know TRACE, nor any method that it was not told of', async () => {
  for (const method of ['TRACE', 'PROPFIND', 'SEARCH', 'OPTIONS'] as const) {
    const { statusCode, body } = await app.inject({ method: method as 'OPTIONS', url: '/api/v1/things', headers: { authorization } })
    expect(statusCode).toBeOneOf([404, 405])
    expect(body).not.toContain(authorization)
  }
})

it('takes a token from the header alone: not from the address, a cookie or the body', async () => {
  const token = authorization.slice('Bearer '.length)
  for (const request of [
    { url: `/api/v1/things?access_token=${token}` },
    { url: `/api/v1/things?token=${token}` },
    { url: '/api/v1/things', headers: { cookie: `access_token=${token}; __Host-refresh=${token}` } },
    { url: '/api/v1/things', headers: { authorization: `Basic ${token}` } },
    { url: '/api/v1/things', headers: { 'x-access-token': token } },
  ])
    expect((await app.inject(request)).statusCode).toBe(401)
})
