import { createHash, createPrivateKey } from 'node:crypto'
import { defineEndpoints } from '@ai-crm/contracts'
import { createBareRuntime, createTestTokens, deriveKeyForTests, silentLog } from '@ai-crm/testing/http'
import { TEST_CERTIFICATE } from '@ai-crm/testing/fakes/test-certificates'
import { SignJWT } from 'jose'
import { expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import { createApp } from './create-app.ts'
import { mountService } from './mount-service.ts'
import { createServiceClient } from './service-client.ts'
import type { Certificate } from './tls.ts'
import { createServiceTokenVerifier, signServiceToken } from './service-tokens.ts'

const organizationId = crypto.randomUUID()
const verifier = createServiceTokenVerifier((purpose) => [deriveKeyForTests(purpose)])
const tokens = await createTestTokens()

it('says who calls, and for which organisation', async () => {
  const token = await signServiceToken(deriveKeyForTests, 'gateway', 'auth', organizationId)
  expect(await verifier.verify(token, 'auth')).toEqual({ service: 'gateway', organizationId })
  expect(await verifier.verify(await signServiceToken(deriveKeyForTests, 'crm', 'auth', null), 'auth')).toEqual({ service: 'crm', organizationId: null })
})

const keyOf = (service: string) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), deriveKeyForTests(`service-token.${service}`)]),
    format: 'der',
    type: 'pkcs8',
  })
const nowSeconds = Math.floor(Date.now() / 1000)
const signed = (claims: object, header: object = {}, service = 'crm') =>
  new SignJWT({ iss: 'crm', aud: 'auth', iat: nowSeconds, exp: nowSeconds + 60, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'service+jwt', kid: 'crm', ...header })
    .sign(keyOf(service))

it.each<[string, () => Promise<string>]>([
  ['for another service', () => signServiceToken(deriveKeyForTests, 'gateway', 'crm', null)],
  ['of another installation', () => signServiceToken((purpose) => createHash('sha256').update(purpose).digest(), 'gateway', 'auth', null)],
  ['an access token', async () => (await tokens.bearer()).authorization.slice(7)],
  ['signed by another service', () => signed({}, {}, 'messaging')],
  ['of a service that pretends to be another', () => signed({ iss: 'auth' })],
  ['of a service that does not exist', () => signed({}, { kid: 'nobody' })],
  ['that is over', () => signed({ iat: nowSeconds - 200, exp: nowSeconds - 100 })],
  ['that would live for an hour', () => signed({ exp: nowSeconds + 3_600 })],
  ['of another type', () => signed({}, { typ: 'at+jwt' })],
  ['with a key in its header', () => signed({}, { jwk: {} })],
  ['nothing', async () => ''],
])('refuses a token %s', async (_what, make) => {
  await expect(verifier.verify(await make(), 'auth')).rejects.toMatchObject({ status: 401 })
})

const { double } = defineEndpoints('crm', {
  double: {
    method: 'POST',
    path: '/double',
    summary: 'Double',
    access: 'internal',
    idempotency: 'exempt',
    body: z.object({ value: z.number() }),
    response: z.object({ value: z.number(), caller: z.string() }),
    status: 200,
  },
})

function service(certificate: Certificate | null = null) {
  const app = createApp({ log: silentLog, certificate })
  const handle = vi.fn(async (_ctx: unknown, input: { body: { value: number } }, http: { caller: { service: string } | null }) => ({
    value: input.body.value * 2,
    caller: http.caller?.service ?? '',
  }))
  mountService(app, { runtime: createBareRuntime([{ endpoint: double, handle }]), verifier: tokens.verifier, serviceTokens: verifier })
  onTestFinished(() => app.close())
  return { app, handle }
}

it('calls a service in the same process without the network, and in another one over it', async () => {
  const { app } = service()
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const parts = { from: 'gateway', to: 'crm', deriveKey: deriveKeyForTests, log: silentLog, app } as const
  const near = createServiceClient({ ...parts, localServices: new Set(['crm']), upstreams: {} })
  const far = createServiceClient({ ...parts, app: createApp({ log: silentLog }), localServices: new Set(), upstreams: { crm: [url] } })
  for (const client of [near, far]) expect(await client.call(double, { body: { value: 4 } })).toEqual({ value: 8, caller: 'gateway' })
  await expect(far.call(double, { body: { value: Number.NaN } })).rejects.toMatchObject({ status: 400, code: 'platform.request.invalid' })
})

it('is not reached without a service token, and not under the public prefix', async () => {
  const { app, handle } = service()
  const { authorization } = await tokens.bearer()
  for (const headers of [{}, { authorization }])
    expect((await app.inject({ method: 'POST', url: '/internal/v1/double', headers, payload: { value: 1 } })).statusCode).toBe(401)
  expect((await app.inject({ method: 'POST', url: '/api/v1/double', headers: { authorization }, payload: { value: 1 } })).statusCode).toBe(404)
  expect(handle).not.toHaveBeenCalled()
})

it('asks no service in another process whose certificate it does not trust', async () => {
  const { app, handle } = service({ cert: Buffer.from(TEST_CERTIFICATE.cert), key: Buffer.from(TEST_CERTIFICATE.key) })
  const url = (await app.listen({ port: 0, host: '127.0.0.1' })).replace(/^https?:/, 'https:')
  const parts = { from: 'gateway', to: 'crm', deriveKey: deriveKeyForTests, log: silentLog, app: createApp({ log: silentLog }) } as const
  const client = createServiceClient({ ...parts, localServices: new Set(), upstreams: { crm: [url] } })
  await expect(client.call(double, { body: { value: 4 } })).rejects.toMatchObject({ status: 503 })
  expect(handle).not.toHaveBeenCalled()
})

it('says in time that a service is away', async () => {
  const client = createServiceClient({
    from: 'gateway',
    to: 'ai',
    deriveKey: deriveKeyForTests,
    log: silentLog,
    app: createApp({ log: silentLog }),
    localServices: new Set(),
    upstreams: {},
  })
  await expect(client.call(double, { body: { value: 1 } })).rejects.toMatchObject({ status: 503 })
})
