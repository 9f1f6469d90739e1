import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { expect, it, vi } from 'vitest'
import { createMemoryCache } from '../cache/memory-cache.ts'
import { createTestTokens } from '@ai-crm/testing/http'
import { refuseTokensOf, refuseTokensOfRole, revokeSession } from './revocation.ts'
import { createTokenSigner, createTokenVerifier } from './tokens.ts'

const tokens = await createTestTokens()
const fetchKeys = vi.fn(async () => ({ keys: [tokens.publicJwk] }))
const verifier = createTokenVerifier({ keys: fetchKeys, cache: tokens.cache })
const { authorization, principal } = await tokens.bearer('member')
const genuine = authorization.slice('Bearer '.length)
const [header = '', payload = '', signature = ''] = genuine.split('.')

const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const nowSeconds = Math.floor(Date.now() / 1000)
const claims = {
  iss: 'ai-crm',
  aud: 'ai-crm-api',
  sub: principal.userId,
  org: principal.organizationId,
  sid: principal.sessionId,
  role: 'owner',
  jti: 'j',
  iat: nowSeconds,
  nbf: nowSeconds,
  exp: nowSeconds + 600,
}
const { importJWK } = await import('jose')
const ourKey = await importJWK(tokens.privateJwk, 'EdDSA')

/** Signed with the genuine key, so that only the changed claim or header can be the reason for a refusal. */
const signed = (changed: JWTPayload, headers: Record<string, unknown> = {}) =>
  new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test-1', ...headers }).sign(ourKey)
/** Signed by us over exactly these texts. */
function signedRaw(headerText: string, payloadText: string): string {
  const key = { key: { ...tokens.privateJwk }, format: 'jwk' as const }
  const input = `${encode(headerText)}.${encode(payloadText)}`
  return `${input}.${signBytes(null, Buffer.from(input), key).toString('base64url')}`
}

/** Reliability B3: how long a refusal takes is looked at by `npm run test:security`, not asserted. */
const ROUNDS = Number(process.env['FORGERIES'] ?? 1)
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

it('accepts a genuine token', async () => {
  expect(await verifier.verify(genuine)).toMatchObject(principal)
  expect(await verifier.verify(await signed({}))).toMatchObject({ role: 'owner' })
})

it('says through what the person acts', async () => {
  const id = crypto.randomUUID()
  for (const type of ['automation', 'ai'] as const) {
    const grant = { roleId: id, permissions: ['crm.deal.read'], scopes: {}, fields: {} }
    const token = await signed({ agent: { type, id }, grant })
    expect(await verifier.verify(token)).toMatchObject({ agent: { type, id }, role: 'owner', customRoleId: null })
  }
  await expect(verifier.verify(await signed({ agent: { type: 'system', id } }))).rejects.toMatchObject({ status: 401 })
})

const publicKeyText = JSON.stringify(tokens.publicJwk)
const stranger = await generateKeyPair('EdDSA', { extractable: true })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const confused = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'test-1' })}.${payload}`

it.each<[string, () => string | Promise<string>]>([
  ['alg none', () => `${encode({ alg: 'none', typ: 'at+jwt', kid: 'test-1' })}.${payload}.`],
  ['HS256 with the public key as secret', () => `${confused}.${createHmac('sha256', publicKeyText).update(confused).digest('base64url')}`],
  ['another curve', () => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'test-1' }).sign(p256.privateKey)],
  ['a stranger key under our kid', () => new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test-1' }).sign(stranger.privateKey)],
  ['a kid that is a path', () => signed({}, { kid: '../../etc/passwd' })],
  ['a kid that is SQL', () => signed({}, { kid: "' or 1=1 --" })],
  ['a kid that is a URL', () => signed({}, { kid: 'https://evil.example/key' })],
  ['jku', () => signed({}, { jku: 'https://evil.example/jwks' })],
  ['x5u', () => signed({}, { x5u: 'https://evil.example/x5u' })],
  ['x5c', () => signed({}, { x5c: ['MIIB'] })],
  ['a key in the header', async () => signed({}, { jwk: await exportJWK(stranger.publicKey) })],
  ['crit', () => `${encode({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test-1', crit: ['x'], x: 1 })}.${payload}.${signature}`],
  ['no kid', () => signedRaw('{"alg":"EdDSA","typ":"at+jwt"}', JSON.stringify(claims))],
  ['an empty signature', () => `${header}.${payload}.`],
  ['a changed payload', () => `${header}.${encode({ ...claims, role: 'admin' })}.${signature}`],
  ['a changed signature', () => `${header}.${payload}.${signature.slice(0, -4)}AAAA`],
  ['an id token as access token', () => signed({}, { typ: 'JWT' })],
  ['another audience', () => signed({ aud: 'somebody-else' })],
  ['another issuer', () => signed({ iss: 'somebody-else' })],
  ['expiry a second ago', () => signed({ exp: nowSeconds - 1 })],
  ['no expiry', () => signedRaw('{"alg":"EdDSA","typ":"at+jwt","kid":"test-1"}', JSON.stringify({ ...claims, exp: undefined }))],
  ['not valid yet', () => signed({ nbf: nowSeconds + 120 })],
  ['an organisation that is no id', () => signed({ org: '*' })],
  ['an unknown role', () => signed({ role: 'root' })],
  ['a claim twice', () => signedRaw('{"alg":"EdDSA","typ":"at+jwt","kid":"test-1"}', JSON.stringify(claims).replace('{', '{"role":"viewer",'))],
  ['a header member twice', () => signedRaw('{"alg":"none","alg":"EdDSA","typ":"at+jwt","kid":"test-1"}', JSON.stringify(claims))],
  ['more than 8 KB', () => signed({ padding: 'x'.repeat(9_000) })],
  ['a JWE', () => `${genuine}.x.y`],
  ['nonsense', () => 'a.b.c'],
  ['nothing', () => ''],
])('refuses %s, without asking anybody', async (what, make) => {
  const token = await make()
  fetchKeys.mockClear()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    await expect(verifier.verify(token)).rejects.toMatchObject({ status: 401, code: 'platform.unauthenticated' })
    times.push(performance.now() - started)
  }
  expect(fetchKeys).not.toHaveBeenCalled()
  if (ROUNDS > 1) console.log(`B3 ${what}: median ${median(times).toFixed(3)} ms, worst ${Math.max(...times).toFixed(1)} ms`)
})

it('refuses a remembered token after it expired', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const late = (await tokens.bearer()).authorization.slice(7)
    await verifier.verify(late)
    vi.setSystemTime(Date.now() + 601_000)
    await expect(verifier.verify(late)).rejects.toMatchObject({ status: 401 })
  } finally {
    vi.useRealTimers()
  }
})

it('refuses every token of a revoked session within 5 s, also remembered ones', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const { authorization: bearer, principal: who } = await tokens.bearer()
    await verifier.verify(bearer.slice(7))
    await revokeSession(tokens.cache, who.sessionId)
    vi.advanceTimersByTime(5_001)
    await expect(verifier.verify(bearer.slice(7))).rejects.toMatchObject({ status: 401 })
  } finally {
    vi.useRealTimers()
  }
})

it('refuses tokens with rights from before a change within 5 s, not those from after it, also in the same second', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const changedAtMs = Math.floor(Date.now() / 1000) * 1000 + 0.5
    const before = await tokens.bearer('owner', { issuedAtMs: changedAtMs - 0.1 })
    const { userId, organizationId } = before.principal
    const after = await tokens.bearer('viewer', { ...before.principal, role: 'viewer', issuedAtMs: changedAtMs })
    const elsewhere = await tokens.bearer('owner', { userId, issuedAtMs: changedAtMs - 0.1 })
    const tokenOf = (bearer: { authorization: string }) => bearer.authorization.slice(7)
    expect(await verifier.verify(tokenOf(before))).toMatchObject({ role: 'owner', issuedAtMs: changedAtMs - 0.1 })

    await refuseTokensOf(tokens.cache, organizationId, userId, changedAtMs)
    // Told once more, late and with an older time: what is known is not lowered.
    await refuseTokensOf(tokens.cache, organizationId, userId, changedAtMs - 1)
    vi.advanceTimersByTime(5_001)
    await expect(verifier.verify(tokenOf(before))).rejects.toMatchObject({ status: 401 })
    expect(await verifier.verify(tokenOf(after))).toMatchObject({ role: 'viewer' })
    expect(await verifier.verify(tokenOf(elsewhere))).toMatchObject({ organizationId: elsewhere.principal.organizationId })
  } finally {
    vi.useRealTimers()
  }
})

it('carries what a custom role permits, and nothing that this release does not know', async () => {
  const grant = {
    roleId: crypto.randomUUID(),
    permissions: ['crm.contact.read', 'magic.wand.swing'],
    scopes: { contact: { read: 'team', write: 'own' } },
    fields: { contact: { email: 'hidden' } },
  } as const
  const bearer = await tokens.bearer('member', { grant: { ...grant, permissions: [...grant.permissions] } })
  const verified = await verifier.verify(bearer.authorization.slice(7))
  expect(verified).toMatchObject({ role: 'member', customRoleId: grant.roleId, scopes: grant.scopes, fields: grant.fields })
  expect([...verified.permissions]).toEqual(['crm.contact.read'])

  await refuseTokensOfRole(tokens.cache, bearer.principal.organizationId, grant.roleId, Date.now() + 1)
  const other = createTokenVerifier({ keys: fetchKeys, cache: tokens.cache })
  await expect(other.verify(bearer.authorization.slice(7))).rejects.toMatchObject({ status: 401 })
})

it('says by what and when the person has proven who they are, and through what they act', async () => {
  const id = crypto.randomUUID()
  const bearer = await tokens.bearer('admin', { agent: { type: 'api-key', id }, factors: ['sso', 'totp'], authenticatedAtMs: 1_000 })
  expect(await verifier.verify(bearer.authorization.slice(7))).toMatchObject({
    agent: { type: 'api-key', id },
    factors: ['sso', 'totp'],
    authenticatedAtMs: 1_000,
  })
  expect(await verifier.verify(genuine)).toMatchObject({ agent: { type: 'user' }, factors: ['password'] })
})

it('keeps accepting while the cache is away', async () => {
  const cache = { ...createMemoryCache(), get: () => Promise.reject(new Error('away')) }
  const alone = createTokenVerifier({ keys: fetchKeys, cache })
  expect(await alone.verify(genuine)).toMatchObject(principal)
})

it('learns a new key when it first sees its id, but asks at most every 5 s', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const next = { ...(await exportJWK(stranger.publicKey)), kid: 'test-2' }
    const published = [tokens.publicJwk]
    const fetched = vi.fn(async () => ({ keys: [...published] }))
    const rotating = createTokenVerifier({ keys: fetched, cache: tokens.cache })
    await rotating.verify(genuine)
    const signNext = await createTokenSigner({ ...(await exportJWK(stranger.privateKey)), kid: 'test-2' })
    const { token } = await signNext(principal)
    published.push(next)
    for (let attempt = 0; attempt < 100; attempt++) await expect(rotating.verify(token)).rejects.toMatchObject({ status: 401 })
    expect(fetched).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(5_001)
    expect(await rotating.verify(token)).toMatchObject(principal)
    expect(await rotating.verify(genuine)).toMatchObject(principal)
    expect(fetched).toHaveBeenCalledTimes(2)
  } finally {
    vi.useRealTimers()
  }
})
