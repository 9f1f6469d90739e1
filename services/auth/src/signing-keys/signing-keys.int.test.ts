import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { PublicCtx } from '../ctx.ts'
import service from '../service.ts'
import { currentSigner } from './current-signer.ts'
import { getJwks } from './get-jwks.ts'
import { rotateSigningKeys } from './rotate-signing-keys.ts'

const auth = await startService(service)
// The test service knows any definition, so its contexts are those of none; this one runs auth.
const publicCtx = () => auth.publicCtx() as PublicCtx
const kidsOf = async () => (await getJwks(publicCtx())).keys.map(({ kid }) => kid)
const age = (interval: string) => auth.database.asAdmin(`update auth.signing_key set signs_from = signs_from - interval '${interval}'`)

it('makes the first key once, however many ask at the same time', async () => {
  const sets = await Promise.all(Array.from({ length: 20 }, kidsOf))
  expect(new Set(sets.flat()).size).toBe(1)
})

it('publishes the public part only', async () => {
  const { keys } = await getJwks(publicCtx())
  for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
})

it('publishes the next key before it signs, and keeps the old one until its last token is over', async () => {
  const [first] = await kidsOf()
  await rotateSigningKeys(publicCtx())
  expect(await kidsOf()).toEqual([first])

  await age('31 days')
  await rotateSigningKeys(publicCtx())
  const [second, ...older] = await kidsOf()
  expect(older).toEqual([first])
  expect(await signingKid()).toBe(first)

  await age('2 hours')
  expect(await signingKid()).toBe(second)
  await rotateSigningKeys(publicCtx())
  expect(await kidsOf()).toEqual([second, first])

  await age('2 days')
  await rotateSigningKeys(publicCtx())
  expect(await kidsOf()).toEqual([second])
})

async function signingKid(): Promise<string> {
  const sign = await currentSigner(publicCtx())
  const ids = { userId: crypto.randomUUID(), organizationId: crypto.randomUUID(), sessionId: crypto.randomUUID() }
  const { token } = await sign({ ...ids, role: 'viewer' })
  const header: { kid: string } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
  return header.kid
}
