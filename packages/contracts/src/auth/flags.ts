import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant, Line, PageQuery, pageOf } from '../core/page.ts'

/** Any name, so that one that is no flag is answered as what does not exist. */
const flagParams = z.object({ flag: z.string().min(1).max(60) })

/** `organization`: its mail name (slug) or its id. */
const exceptionParams = flagParams.extend({ organization: z.string().min(1).max(63) })

/** What decided: the operator's kill switch, the operator about this organisation, the organisation, the share of organisations, or the code. */
export const FlagReason = z.enum(['kill', 'operator', 'organization', 'percentage', 'default'])
export type FlagReason = z.infer<typeof FlagReason>

/** A flag as it is for one organisation. A newer server may know more keys than FLAGS. */
export const OrganizationFlag = z.object({
  key: z.string(),
  isOn: z.boolean(),
  because: FlagReason,
  /** What the organisation decided; null where it follows the installation. */
  override: z.boolean().nullable(),
})
export type OrganizationFlag = z.infer<typeof OrganizationFlag>

export const OrganizationFlags = z.object({
  items: z.array(OrganizationFlag).max(100),
  /** Whether the person runs this installation: then the endpoints below `/installation` are theirs. */
  isOperator: z.boolean(),
})
export type OrganizationFlags = z.infer<typeof OrganizationFlags>

export const SetOrganizationFlag = z.strictObject({
  /** Null: as the installation has it. */
  isOn: z.boolean().nullable(),
})
export type SetOrganizationFlag = z.infer<typeof SetOrganizationFlag>

/** A flag as the operator of the installation sees it. */
export const InstallationFlag = z.object({
  key: z.string(),
  kind: z.enum(['operational', 'release']),
  sentence: z.string(),
  owner: z.string(),
  /** Null: operational, it stays. */
  expiresOn: z.string().nullable(),
  default: z.boolean(),
  scope: z.enum(['organization', 'installation']),
  isKilled: z.boolean(),
  /** Of the organisations for which it is on; null: the default counts. */
  percentage: z.number().int().nullable(),
  /** Organisations that decided for themselves. */
  overrides: z.object({ on: z.number().int(), off: z.number().int() }),
  /** Organisations about which the operator decided. */
  exceptions: z.object({ on: z.number().int(), off: z.number().int() }),
  changedAt: Instant.nullable(),
  version: z.number().int(),
})
export type InstallationFlag = z.infer<typeof InstallationFlag>

export const SetInstallationFlag = z.strictObject({
  isKilled: z.boolean(),
  percentage: z.number().int().min(0).max(100).nullable(),
  /** Whoever reads the log later wants to know why. */
  reason: Line(300),
})
export type SetInstallationFlag = z.infer<typeof SetInstallationFlag>

/** A flag of one organisation, as the operator of the installation sees it. */
export const FlagException = z.object({
  organization: z.object({ id: z.uuid(), slug: z.string() }),
  isOn: z.boolean(),
  because: FlagReason,
  /** What the organisation decided for itself; null where it follows. */
  own: z.boolean().nullable(),
  /** What the operator decided about it; null: like everybody. */
  operator: z.boolean().nullable(),
  version: z.number().int(),
})
export type FlagException = z.infer<typeof FlagException>

export const SetFlagException = z.strictObject({
  /** Null: like everybody again. On does not undo what the organisation switched off for itself. */
  isOn: z.boolean().nullable(),
  reason: Line(300),
})
export type SetFlagException = z.infer<typeof SetFlagException>

/** Of an installation, or of one organisation: then `organization` is told, and `from` and `to` say how it stood for everybody. */
export const FlagChange = z.object({
  id: z.uuid(),
  occurredAt: Instant,
  flag: z.string(),
  /** The address as it was then: of the person, not of an organisation. */
  changedBy: z.object({ id: z.uuid(), email: z.string() }),
  from: z.object({ isKilled: z.boolean(), percentage: z.number().int().nullable() }),
  to: z.object({ isKilled: z.boolean(), percentage: z.number().int().nullable() }),
  /** `slug` as it was then. */
  organization: z.object({ id: z.uuid(), slug: z.string(), from: z.boolean().nullable(), to: z.boolean().nullable() }).nullable(),
  reason: z.string(),
  address: z.string().nullable(),
})
export type FlagChange = z.infer<typeof FlagChange>

export const SignUpState = z.object({ isOpen: z.boolean() })
export type SignUpState = z.infer<typeof SignUpState>

export const flagEndpoints = defineEndpoints('auth', {
  listFlags: {
    method: 'GET',
    path: '/flags',
    summary: 'What is switched on and off for this organisation',
    access: 'signed-in',
    idempotency: 'safe',
    response: OrganizationFlags,
    status: 200,
  },
  setOrganizationFlag: {
    method: 'PUT',
    path: '/flags/:flag',
    summary: 'Switch something off for this organisation, or follow the installation again',
    access: 'auth.flag.manage',
    stepUp: true,
    idempotency: 'natural',
    params: flagParams,
    body: SetOrganizationFlag,
    response: OrganizationFlag,
    status: 200,
    cost: 2,
  },
  // For operators only (OPERATOR_EMAILS): everybody else is answered as if it did not exist.
  listInstallationFlags: {
    method: 'GET',
    path: '/installation/flags',
    summary: 'Flags and kill switches of the installation; for its operators',
    access: 'signed-in',
    idempotency: 'safe',
    response: z.object({ items: z.array(InstallationFlag).max(100) }),
    status: 200,
  },
  setInstallationFlag: {
    method: 'PUT',
    path: '/installation/flags/:flag',
    summary: 'Kill a flag, or set the share of organisations that has it; for operators of the installation',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'natural',
    params: flagParams,
    body: SetInstallationFlag,
    response: InstallationFlag,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  listFlagExceptions: {
    method: 'GET',
    path: '/installation/flags/:flag/organizations',
    summary: 'Organisations about which the operator decided by themselves; for operators of the installation',
    access: 'signed-in',
    idempotency: 'safe',
    params: flagParams,
    query: PageQuery,
    response: pageOf(FlagException),
    status: 200,
  },
  getFlagException: {
    method: 'GET',
    path: '/installation/flags/:flag/organizations/:organization',
    summary: 'A flag as it is for one organisation, by its mail name or id; for operators of the installation',
    access: 'signed-in',
    idempotency: 'safe',
    params: exceptionParams,
    response: FlagException,
    status: 200,
  },
  setFlagException: {
    method: 'PUT',
    path: '/installation/flags/:flag/organizations/:organization',
    summary: 'Switch a flag on or off for one organisation, or let it follow again; for operators of the installation',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'natural',
    params: exceptionParams,
    body: SetFlagException,
    response: FlagException,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  listFlagChanges: {
    method: 'GET',
    path: '/installation/flag-changes',
    summary: 'Who changed which flag of the installation, when and why, newest first; for its operators',
    access: 'signed-in',
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(FlagChange),
    status: 200,
  },
  getSignUpState: {
    method: 'GET',
    path: '/auth/sign-up',
    summary: 'Whether strangers can open an account now',
    access: 'public',
    idempotency: 'safe',
    response: SignUpState,
    status: 200,
  },
})

/** What one process has to know to decide by itself. `overrides` of null end an earlier one. */
export const FlagSnapshot = z.object({
  /** Counts changes of the whole installation. */
  version: z.number().int(),
  /** Everything is in it: forget what you knew. Else `overrides` are what changed since. */
  isWhole: z.boolean(),
  /** There is more: ask again from `version` on. */
  hasMore: z.boolean(),
  settings: z.array(z.object({ flag: z.string(), isKilled: z.boolean(), percentage: z.number().int().min(0).max(100).nullable() })),
  overrides: z.array(z.object({ organizationId: z.uuid(), flag: z.string(), isOn: z.boolean().nullable() })),
})
export type FlagSnapshot = z.infer<typeof FlagSnapshot>

/** For other processes of the installation: not in `api`, so neither routed nor documented for clients. */
export const internalFlagEndpoints = defineEndpoints('auth', {
  getFlagSnapshot: {
    method: 'POST',
    path: '/auth/flags/snapshot',
    summary: 'Flags of the installation, or null where nothing has changed since `after`',
    access: 'internal',
    idempotency: 'natural',
    body: z.object({ after: z.number().int().min(0) }),
    response: z.object({ snapshot: FlagSnapshot.nullable() }),
    status: 200,
    priority: 'vital',
  },
})
