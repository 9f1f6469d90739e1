import { expect, it } from 'vitest'
import { cacheKey } from './cache-key.ts'

const organizationId = '0198c0de-0000-7000-8000-000000000001'

it('puts the organisation into every key', () => {
  expect(cacheKey(organizationId, 'live-ticket', 'abc')).toBe(`ai-crm:org:${organizationId}:live-ticket:abc`)
  expect(cacheKey('global', 'sign-in', 'ada@example.org')).toBe('ai-crm:global:sign-in:ada%40example.org')
})

it('never lets a part reach into the next one', () => {
  expect(cacheKey('global', 'a:b', 'c')).not.toBe(cacheKey('global', 'a', 'b:c'))
})

it('refuses a scope that is no organisation', () => {
  expect(() => cacheKey('*', 'live-ticket')).toThrow()
})
