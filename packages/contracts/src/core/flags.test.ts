import { expect, it } from 'vitest'
import { definitionOf, expiredFlags, flagOf, FLAG_KEYS, FLAGS, type FlagDefinition } from './flags.ts'

const today = new Date().toISOString().slice(0, 10)
const release: FlagDefinition = {
  kind: 'release',
  sentence: 'A new list',
  owner: 'crm',
  default: false,
  scope: 'organization',
  organizationMay: 'choose',
  expiresOn: '2026-12-31',
}

it('has no flag whose day is over: whoever owns it removes it, or says in review why it stays', () => {
  expect(expiredFlags(FLAGS, today)).toEqual([])
})

it('tells the owner of a flag whose day is over, from the day after', () => {
  expect(expiredFlags({ list: release }, '2026-12-31')).toEqual([])
  expect(expiredFlags({ list: release, ...FLAGS }, '2027-01-01')).toEqual(['list (crm)'])
})

it.each(FLAG_KEYS)('says of %s what it is and who answers for it, and offers no choice that cannot be kept', (key) => {
  const definition = definitionOf(key)
  expect(definition.sentence.length).toBeGreaterThan(10)
  expect(definition.owner).not.toBe('')
  expect(key).toMatch(/^[a-z]+(-[a-z]+)*$/)
  if (definition.scope === 'installation') expect(definition.organizationMay).toBe('nothing')
})

it('knows nothing of names that are no flags', () => {
  expect(flagOf('sign-up')?.definition.scope).toBe('installation')
  expect(flagOf('toString')).toBeNull()
})
