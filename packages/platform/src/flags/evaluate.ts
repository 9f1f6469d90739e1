import type { FlagDefinition, FlagReason, FlagSnapshot } from '@ai-crm/contracts'
import murmurhash from 'murmurhash'

/** What the store says about the installation, as one process holds it. */
export interface KnownFlags {
  readonly version: number
  /** The version at which settings of the installation last became others; overrides of organisations leave it. */
  readonly settingsVersion: number
  readonly settings: ReadonlyMap<string, { readonly isKilled: boolean; readonly percentage: number | null }>
  /** By flag, then by organisation. */
  readonly overrides: ReadonlyMap<string, ReadonlyMap<string, boolean>>
}

/** Before anybody has been asked: the code decides. */
export const NOTHING_KNOWN: KnownFlags = { version: 0, settingsVersion: 0, settings: new Map(), overrides: new Map() }

export interface FlagVerdict {
  readonly isOn: boolean
  readonly because: FlagReason
}

/**
 * Kill switch, then the organisation, then the share of organisations, then the code. Without an organisation (a stranger
 * at the door) there is neither override nor share.
 */
export function evaluateFlag(flag: string, definition: FlagDefinition, known: KnownFlags, organizationId: string | null): FlagVerdict {
  const setting = known.settings.get(flag)
  if (setting?.isKilled) return { isOn: false, because: 'kill' }
  if (definition.scope === 'organization' && organizationId !== null) {
    const override = known.overrides.get(flag)?.get(organizationId)
    if (override !== undefined) return { isOn: override, because: 'organization' }
    const percentage = setting?.percentage ?? null
    if (percentage !== null) return { isOn: bucketOf(flag, organizationId) <= percentage, because: 'percentage' }
  }
  return { isOn: definition.default, because: 'default' }
}

/** 1 to 100: always the same for a flag and an organisation, and independent between flags. A higher share only adds organisations. */
export const bucketOf = (flag: string, organizationId: string): number => (murmurhash.v3(`${flag}:${organizationId}`) % 100) + 1

/** What is known after an answer of the store. */
export function learn(known: KnownFlags, { version, isWhole, settings, overrides }: FlagSnapshot): KnownFlags {
  const learnt = new Map([...(isWhole ? [] : known.overrides)].map(([flag, byOrganization]) => [flag, new Map(byOrganization)]))
  for (const { flag, organizationId, isOn } of overrides) {
    const byOrganization = learnt.get(flag) ?? new Map<string, boolean>()
    if (isOn === null) byOrganization.delete(organizationId)
    else byOrganization.set(organizationId, isOn)
    learnt.set(flag, byOrganization)
  }
  const isSame =
    settings.length === known.settings.size &&
    settings.every(({ flag, isKilled, percentage }) => {
      const before = known.settings.get(flag)
      return before?.isKilled === isKilled && before.percentage === percentage
    })
  return {
    version,
    settingsVersion: isSame ? known.settingsVersion : version,
    settings: new Map(settings.map(({ flag, isKilled, percentage }) => [flag, { isKilled, percentage }])),
    overrides: learnt,
  }
}

/** The whole of it, as the store would tell it: to be kept where another process finds it. */
export function snapshotOf({ version, settings, overrides }: KnownFlags): FlagSnapshot {
  return {
    version,
    isWhole: true,
    hasMore: false,
    settings: [...settings].map(([flag, setting]) => ({ flag, ...setting })),
    overrides: [...overrides].flatMap(([flag, byOrganization]) => [...byOrganization].map(([organizationId, isOn]) => ({ flag, organizationId, isOn }))),
  }
}
