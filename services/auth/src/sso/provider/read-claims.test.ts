import { expect, it } from 'vitest'
import { readClaims } from './read-claims.ts'

const tid = '9188040d-6c67-4c5b-b112-36a304b66dad'
const oid = '00000000-0000-4000-8000-000000000001'
const common = { iss: 'https://issuer.example', sub: 'sub', email: ' Ada@Example.ORG ' }

it.each([
  [{ email_verified: true }, 'ada@example.org'],
  [{ email_verified: 'true' }, 'ada@example.org'],
  [{ xms_edov: 1 }, 'ada@example.org'],
  [{ xms_edov: true }, 'ada@example.org'],
  [{}, null],
  [{ email_verified: false }, null],
  [{ email_verified: 'yes' }, null],
  [{ xms_edov: '0' }, null],
])('takes an address that the provider vouches for only: %j', (claims, email) => {
  expect(readClaims('connection', { ...common, ...claims }).email).toBe(email)
})

it('knows a person of Microsoft by tenant and object, not by what they are called', () => {
  expect(readClaims('microsoft', { ...common, tid, oid }).subject).toBe(`${tid}:${oid}`)
  expect(() => readClaims('microsoft', common)).toThrow()
  expect(readClaims('google', { ...common, tid, oid }).subject).toBe('sub')
})
