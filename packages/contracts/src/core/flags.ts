/** What an organisation may decide for itself: nothing, to go without, or either way. */
export type OrganizationMay = 'nothing' | 'switch-off' | 'choose'

interface FlagFacts {
  /** What is on while the flag is on, as an administrator reads it. */
  readonly sentence: string
  /** Who removes it, or answers for it. */
  readonly owner: string
  readonly default: boolean
  /** `installation`: asked before any organisation is known, so there is neither a share nor an override. */
  readonly scope: 'organization' | 'installation'
  readonly organizationMay: OrganizationMay
}

/** A kill switch: stays for as long as the thing that it stops. */
export interface OperationalFlag extends FlagFacts {
  readonly kind: 'operational'
}

/** Carries a change to everybody and is then removed. After `expiresOn` the build fails. */
export interface ReleaseFlag extends FlagFacts {
  readonly kind: 'release'
  /** `2026-12-31`. */
  readonly expiresOn: string
}

export type FlagDefinition = OperationalFlag | ReleaseFlag

/** Every flag of the product. A flag that nothing asks for is removed from here; its settings are then ignored. */
export const FLAGS = {
  'ai-drafts': {
    kind: 'operational',
    sentence: 'The AI writes drafts, by itself and on request',
    owner: 'ai',
    default: true,
    scope: 'organization',
    organizationMay: 'switch-off',
  },
  'outbound-sends': {
    kind: 'operational',
    sentence: 'Replies and approved drafts leave for customers',
    owner: 'messaging',
    default: true,
    scope: 'organization',
    organizationMay: 'switch-off',
  },
  'sign-up': {
    kind: 'operational',
    sentence: 'People can open an account, also by single sign-on without an invitation, and found organisations',
    owner: 'auth',
    default: true,
    scope: 'installation',
    organizationMay: 'nothing',
  },
  webhooks: {
    kind: 'operational',
    sentence: 'Webhooks tell other systems what happens',
    owner: 'webhook',
    default: true,
    scope: 'organization',
    organizationMay: 'switch-off',
  },
} as const satisfies Readonly<Record<string, FlagDefinition>>

export type FlagKey = keyof typeof FLAGS

const isFlagKey = (key: string): key is FlagKey => Object.hasOwn(FLAGS, key)

export const FLAG_KEYS: readonly FlagKey[] = Object.keys(FLAGS).filter(isFlagKey)

export const definitionOf = (key: FlagKey): FlagDefinition => FLAGS[key]

/** The flag of this name, or null: a name of another release is none of ours. */
export const flagOf = (key: string): { key: FlagKey; definition: FlagDefinition } | null => (isFlagKey(key) ? { key, definition: FLAGS[key] } : null)

/** Flags whose day is over: each names somebody who has to remove it. `today` as `2026-11-26`. */
export const expiredFlags = (flags: Readonly<Record<string, FlagDefinition>>, today: string): string[] =>
  Object.entries(flags)
    .filter(([, flag]) => flag.kind === 'release' && flag.expiresOn < today)
    .map(([key, flag]) => `${key} (${flag.owner})`)
