import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { currentSigner } from './current-signer.ts'
import { getJwks } from './get-jwks.ts'
import { rotateSigningKeys } from './rotate-signing-keys.ts'

const auth = await startService(service)
const kidsOf = async () => (await getJwks(auth.publicCtx())).keys.map(({ kid }) => kid)
const age = (interval: string) => auth.database.asAdmin(`update auth.signing_key set signs_from = signs_from - interval '${interval}'`)

it('makes the first key once, however many ask at the same time', async () => {
  const sets = await Promise.all(Array.from({ length: 20 }, kidsOf))
  expect(new Set(sets.flat()).size).toBe(1)
})

it('publishes the public part only', async () => {
  const { keys } = await getJwks(auth.publicCtx())
  for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
})

it('publishes the next key before it signs, and keeps the old one until its last token is over', async () => {
  const [first] = await kidsOf()
  await rotateSigningKeys(auth.publicCtx())
  expect(await kidsOf()).toEqual([first])

  await age('31 days')
  await rotateSigningKeys(auth.publicCtx())
  const [second, ...older] = await kidsOf()
  expect(older).toEqual([first])
  expect(await signingKid()).toBe(first)

  await age('2 hours')
  expect(await signingKid()).toBe(second)
  await rotateSigningKeys(auth.publicCtx())
  expect(await kidsOf()).toEqual([second, first])

  await age('2 days')
  await rotateSigningKeys(auth.publicCtx())
  expect(await kidsOf()).toEqual([second])
})

async function signingKid(): Promise<string> {
  const sign = await currentSigner(auth.publicCtx())
  const ids = { userId: crypto.randomUUID(), organizationId: crypto.randomUUID(), sessionId: crypto.randomUUID() }
  const { token } = await sign({ ...ids, role: 'viewer' })
  const header: { kid: string } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
  return header.kid
}
