import { passwordSprays } from '@ai-crm/platform'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { Browser, newPerson } from '../testing/browser.ts'
import { inWaves } from '../testing/in-waves.ts'

/** Reliability B5. 10,000 guesses and accounts by `npm run test:security`. */
const GUESSES = Number(process.env['BRUTE_FORCE_GUESSES'] ?? 200)
const ACCOUNTS = Number(process.env['SPRAYED_ACCOUNTS'] ?? 100)
const ADDRESSES = 100
const AT_ONCE = 50
/** Each of the sprayed guesses is hashed, two at a time: more at once only wait. */
const HASHED_AT_ONCE = 8

const auth = await startService(service)
const signIn = (browser: Browser, email: string, password: string) => browser.send('/auth/sign-in', { email, password })

/** Whoever is told that the server is busy, or waited too long, tries again. */
async function patiently(browser: Browser, email: string, password: string): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const { status } = await signIn(browser, email, password)
    if (status < 500 || attempt === 10) return status
  }
}

async function owner() {
  const person = newPerson()
  const laptop = new Browser(auth.app)
  await laptop.post('/auth/sign-up', person)
  return { ...person, laptop }
}

it(
  'hashes ten guesses of strangers at one account, however many come from a hundred addresses, while the owner signs in on a known device',
  async () => {
    const { email, password, laptop } = await owner()
    const statuses = new Map<number, number>()
    const owners: number[] = []
    await inWaves(GUESSES, AT_ONCE, async (index) => {
      const { status } = await signIn(new Browser(auth.app, `198.18.${index % ADDRESSES}.1`), email, `guess number ${index}`)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (index % 50 === 25) owners.push(await patiently(laptop, email, password))
    })
    expect(Object.fromEntries(statuses)).toEqual({ 401: 10, 429: GUESSES - 10 })
    expect(owners).toEqual(Array.from({ length: GUESSES / 50 }, () => 200))
    // The right password of a stranger is no better than a guess now.
    expect((await signIn(new Browser(auth.app, '198.18.200.1'), email, password)).status).toBe(429)
  },
  60_000 + GUESSES * 50,
)

it(
  'tells of a password that is tried on many accounts from many addresses, and lets the sprayed owners in',
  async () => {
    const before = (await passwordSprays.get()).values[0]?.value ?? 0
    const owned = await owner()
    await inWaves(ACCOUNTS, HASHED_AT_ONCE, async (index) => {
      const email = index === 0 ? owned.email : `sprayed-${index}@example.org`
      expect(await patiently(new Browser(auth.app, `198.19.${index % 5}.1`), email, 'Winter2026 for everybody')).toBe(401)
    })
    expect((await passwordSprays.get()).values[0]?.value).toBe(before + 1)
    expect((await signIn(new Browser(auth.app, '203.0.113.77'), owned.email, owned.password)).status).toBe(200)
  },
  60_000 + ACCOUNTS * 200,
)
