import { expect, it } from 'vitest'
import { provenAt, requireFreshness } from './freshness.ts'
import { FLOW_SECONDS } from './flow.ts'
import type { ProvenIdentity } from '../provider/provider.ts'

const now = Date.parse('2026-11-27T12:00:00Z')
const ago = (seconds: number) => new Date(now - seconds * 1000)
const told = (authenticatedAt: Date | null, acr: string | null = null): ProvenIdentity => ({
  issuer: 'https://issuer.example',
  subject: 'somebody',
  email: null,
  name: null,
  amr: [],
  acr,
  authenticatedAt,
  issuedAt: null,
})

it.each([
  ['when the person signed in there', told(ago(3_600)), ago(3_600)],
  ['long ago where the provider does not say', told(null), new Date(0)],
  ['long ago where it says that it was no proof', told(ago(5), '0'), new Date(0)],
  ['now at the latest, whatever its clock says', told(ago(-3_600)), new Date(now)],
])('counts a sign-in at a provider from %s', (_title, identity, since) => {
  expect(provenAt(identity, now)).toEqual(since)
})

it.each([
  ['since it began', told(ago(1)), true],
  ['a minute before, by a clock that is behind', told(ago(59)), true],
  ['before it began', told(ago(61)), false],
  ['at a time that is not said', told(null), false],
])('takes for a new sign-in what happened %s', (_title, identity, isTaken) => {
  const begunNow = { isFresh: true, expiresAt: ago(-FLOW_SECONDS) }
  const check = () => requireFreshness(begunNow, identity)
  if (isTaken) expect(check).not.toThrow()
  else expect(check).toThrow('did not say')
  expect(() => requireFreshness({ ...begunNow, isFresh: false }, identity)).not.toThrow()
})
