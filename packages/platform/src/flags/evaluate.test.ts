import type { FlagDefinition, FlagSnapshot } from '@ai-crm/contracts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketOf, evaluateFlag, learn, NOTHING_KNOWN, snapshotOf, type KnownFlags } from './evaluate.ts'

const ours = '0193a1b2-0000-7000-8000-000000000001'
const theirs = '0193a1b2-0000-7000-8000-000000000002'
const release = (given: Partial<FlagDefinition> = {}): FlagDefinition =>
  ({
    kind: 'release',
    sentence: 'A thing',
    owner: 'crm',
    default: false,
    scope: 'organization',
    organizationMay: 'choose',
    expiresOn: '2099-01-01',
    ...given,
  }) as FlagDefinition

const whole = (parts: Partial<FlagSnapshot>): FlagSnapshot => ({ version: 1, isWhole: true, hasMore: false, settings: [], overrides: [], ...parts })
const setting = (isKilled: boolean, percentage: number | null) => ({ settings: [{ flag: 'list', isKilled, percentage }] })
const override = (isOn: boolean | null, organizationId = ours) => ({ overrides: [{ flag: 'list', organizationId, isOn }] })
const knownOf = (parts: Partial<FlagSnapshot>): KnownFlags => learn(NOTHING_KNOWN, whole(parts))
const ask = (known: KnownFlags, definition = release(), organizationId: string | null = ours) => evaluateFlag('list', definition, known, organizationId)

it('lets the kill switch win over everything', () => {
  const known = knownOf({ ...setting(true, 100), ...override(true) })
  expect(ask(known, release({ default: true }))).toEqual({ isOn: false, because: 'kill' })
})

it('lets the organisation win over the share, and the share over the code', () => {
  expect(ask(knownOf({ ...setting(false, 100), ...override(false) }))).toEqual({ isOn: false, because: 'organization' })
  expect(ask(knownOf({ ...setting(false, 0), ...override(true) }))).toEqual({ isOn: true, because: 'organization' })
  expect(ask(knownOf(setting(false, 100)))).toEqual({ isOn: true, because: 'percentage' })
  expect(ask(knownOf(setting(false, 0)), release({ default: true }))).toEqual({ isOn: false, because: 'percentage' })
  expect(ask(knownOf(setting(false, null)))).toEqual({ isOn: false, because: 'default' })
  expect(ask(NOTHING_KNOWN, release({ default: true }))).toEqual({ isOn: true, because: 'default' })
})

it('keeps an override to its own organisation', () => {
  expect(ask(knownOf(override(true, theirs)))).toEqual({ isOn: false, because: 'default' })
})

it('knows neither share nor override where no organisation is known, or where it makes no difference', () => {
  const known = knownOf({ ...setting(false, 100), ...override(true) })
  expect(ask(known, release(), null)).toEqual({ isOn: false, because: 'default' })
  expect(ask(known, release({ scope: 'installation' }))).toEqual({ isOn: false, because: 'default' })
})

it('puts the same organisation into the same bucket for ever', () => {
  // Values of MurmurHash3 x86 32 with seed 0: a release that computes another one would shuffle all organisations.
  expect([bucketOf('list', ours), bucketOf('list', theirs), bucketOf('outbound-sends', ours)]).toEqual([20, 16, 94])
})

it('only adds organisations when the share is raised', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (id, one, other) => {
      const isOnAt = (percentage: number) => ask(knownOf(setting(false, percentage)), release(), id).isOn
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      if (isOnAt(low)) expect(isOnAt(high)).toBe(true)
      expect([isOnAt(0), isOnAt(100)]).toEqual([false, true])
    }),
  )
})

it('spreads organisations evenly, and each flag in its own way', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `0193a1b2-0000-7000-8000-${String(index).padStart(12, '0')}`)
  const within = (flag: string) => ids.filter((id) => bucketOf(flag, id) <= 20)
  const [list, other] = [within('list'), new Set(within('other'))]
  expect(list.length).toBeGreaterThan(1_800)
  expect(list.length).toBeLessThan(2_200)
  const both = list.filter((id) => other.has(id)).length
  expect(both).toBeGreaterThan(300)
  expect(both).toBeLessThan(500)
})

it('learns what changed on top of what it knew, and forgets what ended', () => {
  const known = knownOf({ ...setting(true, null), overrides: [...override(false).overrides, ...override(true, theirs).overrides] })
  const next = learn(known, whole({ version: 2, isWhole: false, ...override(null) }))
  expect(ask(next)).toEqual({ isOn: false, because: 'default' })
  expect(ask(next, release(), theirs)).toEqual({ isOn: true, because: 'organization' })
  // What was known before is left as it was: whoever holds it goes on with it.
  expect(known.overrides.get('list')?.get(ours)).toBe(false)
})

it('tells changes for everybody from those of one organisation', () => {
  const known = knownOf(setting(true, null))
  const switched = learn(known, whole({ version: 2, isWhole: false, ...setting(true, null), ...override(false) }))
  expect([switched.version, switched.settingsVersion]).toEqual([2, 1])
  expect(learn(switched, whole({ version: 3, isWhole: false, ...setting(true, 5) })).settingsVersion).toBe(3)
  expect(learn(switched, whole({ version: 4, isWhole: false })).settingsVersion).toBe(4)
})

it('forgets everything for a whole snapshot, and tells the whole of it again', () => {
  const known = learn(knownOf(override(true)), whole({ version: 7, ...setting(false, 5), ...override(false, theirs) }))
  expect(snapshotOf(known)).toEqual(whole({ version: 7, ...setting(false, 5), ...override(false, theirs) }))
})
