import { createHmac, generateKeyPairSync } from 'node:crypto'
import { startService } from '@ai-crm/testing'
import { importJWK, SignJWT, type JWTPayload } from 'jose'
import { afterEach, expect, it, vi } from 'vitest'
import type { PublicCtx } from '../ctx.ts'
import service from '../service.ts'
import { founder, type Person } from '../testing/team.ts'
import { getJwks } from './get-jwks.ts'
import { rotateSigningKeys } from './rotate-signing-keys.ts'

/** Reliability B3 on the running service: its own keys, through a rotation, over HTTP. */
const auth = await startService(service)
afterEach(() => vi.restoreAllMocks())
const publicCtx = () => auth.publicCtx() as PublicCtx
const age = (interval: string) => auth.database.asAdmin(`update auth.signing_key set signs_from = signs_from - interval '${interval}'`)
const headerOf = (token: string): { kid: string } => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const me = async (token: string, app = auth.app): Promise<number> =>
  (await app.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } })).statusCode
const refreshed = async ({ browser }: Person): Promise<string> => (await browser.send('/auth/refresh')).body.accessToken

it('accepts tokens of both keys while they overlap, refuses every forgery with either, and forgets the old key', async () => {
  const ada = await founder(auth)
  const old = ada.token
  expect(await me(old)).toBe(200)

  await age('31 days')
  await rotateSigningKeys(publicCtx())
  await age('2 hours')
  // A process that starts now knows both keys, and signs with the new one.
  const other = await startService(service, { database: auth.database })
  // A process that has been running looks again every five minutes; an hour passes before the new key signs.
  const realNow = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + 6 * 60_000)
  const fresh = await refreshed(ada)
  expect(headerOf(fresh).kid).not.toBe(headerOf(old).kid)
  for (const app of [auth.app, other.app]) expect([await me(old, app), await me(fresh, app)]).toEqual([200, 200])

  for (const forged of await forgeries(old, fresh)) for (const app of [auth.app, other.app]) expect(await me(forged, app)).toBe(401)

  await age('2 days')
  await rotateSigningKeys(publicCtx())
  expect((await getJwks(publicCtx())).keys.map(({ kid }) => kid)).toEqual([headerOf(fresh).kid])
  const later = await startService(service, { database: auth.database })
  expect([await me(old, later.app), await me(fresh, later.app)]).toEqual([401, 200])
})

/** Everything that a stranger can make of two genuine tokens and the public keys. */
async function forgeries(old: string, fresh: string): Promise<string[]> {
  const [[oldHeader = '', oldClaims = '', oldSignature = ''], [header = '', claims = '', signature = '']] = [old.split('.'), fresh.split('.')]
  const { keys } = await getJwks(publicCtx())
  const known: JWTPayload = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const stranger = generateKeyPairSync('ed25519').privateKey
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const byStranger = keys.map(({ kid }) => new SignJWT(known).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid }).sign(stranger))
  const byOtherCurve = keys.map(({ kid }) => new SignJWT(known).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(p256))
  const confused = keys.map((key) => {
    const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${claims}`
    return `${input}.${createHmac('sha256', Buffer.from(String(key['x']), 'base64url'))
      .update(input)
      .digest('base64url')}`
  })
  return [
    ...(await Promise.all([...byStranger, ...byOtherCurve])),
    ...confused,
    // Parts of two genuine tokens, and the claims of one under the key of the other.
    `${oldHeader}.${claims}.${signature}`,
    `${header}.${oldClaims}.${oldSignature}`,
    `${header}.${claims}.${oldSignature}`,
    `${encode({ alg: 'none', typ: 'at+jwt', kid: headerOf(fresh).kid })}.${claims}.`,
    `${header}.${encode({ ...known, role: 'viewer' })}.${signature}`,
    `${encode({ ...headerOf(fresh), jwk: keys[0] })}.${claims}.${signature}`,
    `${header}.${claims}.`,
  ]
}

it('refuses the key of another installation, though the person, session and claims are genuine', async () => {
  const { token } = await founder(auth)
  const { privateKey } = generateKeyPairSync('ed25519')
  const kid = 'another-installation'
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid }
  const key = await importJWK(jwk, 'EdDSA')
  const claims: JWTPayload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid }).sign(key)
  expect(await me(forged)).toBe(401)
})
