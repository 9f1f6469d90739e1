// Generated from services/auth/migrations by `node tools/generate-tables.ts auth`: change those.
import type { Factor, RecordScopes } from '@ai-crm/contracts'
import type { Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  userAccount: {
    id: Defaulted<string>
    email: string
    name: string
    locale: 'en' | 'ru'
    createdAt: Defaulted<Instant>
    sessionsValidFrom: Instant | null
    keptSessionId: string | null
  }
  passwordCredential: {
    userId: string
    passwordHash: string
    changedAt: Defaulted<Instant>
  }
  signInBudget: {
    identifier: Buffer
    network: string
    attempts: number
    windowEndsAt: Instant
  }
  organization: {
    organizationId: Defaulted<string>
    name: string
    slug: string
    locale: 'en' | 'ru'
    createdAt: Defaulted<Instant>
    timeZone: Defaulted<string>
    version: Defaulted<number>
    isSettingUp: Defaulted<boolean>
    deletionRequestedAt: Instant | null
    deletionRequestedBy: string | null
    erasesAt: Instant | null
    erasingSince: Instant | null
  }
  organizationSlug: {
    slug: string
    takenBy: string
  }
  membership: {
    organizationId: Defaulted<string>
    userId: string
    role: 'owner' | 'admin' | 'manager' | 'member' | 'viewer'
    joinedAt: Defaulted<Instant>
    version: Defaulted<number>
    disabledAt: Instant | null
    customRoleId: string | null
  }
  session: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    userId: string
    deviceDigest: Buffer
    userAgent: string
    createdAt: Defaulted<Instant>
    expiresAt: Instant
    revokedAt: Instant | null
    revokedReason: string | null
    authenticatedAt: Defaulted<Instant>
    factors: Defaulted<Factor[]>
    address: string | null
    lastAddress: string | null
    lastSeenAt: Defaulted<Instant>
    identityProvider: 'connection' | 'google' | 'microsoft' | null
    connectionId: string | null
    providerAmr: string[] | null
    providerAcr: string | null
  }
  refreshToken: {
    digest: Buffer
    tenantId: string
    sessionId: string
    userId: string
    expiresAt: Instant
    rotatedAt: Instant | null
  }
  signingKey: {
    kid: string
    publicJwk: Json<Record<string, unknown>>
    encryptedPrivateJwk: Buffer
    signsFrom: Instant
    createdAt: Defaulted<Instant>
  }
  pendingSignUp: {
    id: Defaulted<string>
    linkDigest: Buffer | null
    tenantId: string
    userId: string
    email: string
    name: string
    organizationName: string
    locale: 'en' | 'ru'
    passwordHash: string
    deviceDigest: Buffer
    wrongPasswords: Defaulted<number>
    createdAt: Defaulted<Instant>
    expiresAt: Instant
  }
  accountLink: {
    digest: Buffer
    purpose: 'reset-password' | 'confirm-email' | 'revert-email'
    userId: string
    email: string | null
    createdAt: Defaulted<Instant>
    expiresAt: Instant
  }
  accountBudget: {
    identifier: Buffer
    lane: Buffer
    attempts: number
    windowEndsAt: Instant
  }
  totpCredential: {
    id: Defaulted<string>
    userId: string
    encryptedSecret: Buffer
    lastUsedStep: Defaulted<number>
    createdAt: Defaulted<Instant>
    confirmedAt: Instant | null
  }
  recoveryCode: {
    userId: string
    digest: Buffer
    createdAt: Defaulted<Instant>
    usedAt: Instant | null
  }
  passkey: {
    id: Defaulted<string>
    userId: string
    credentialId: Buffer
    relyingParty: string
    publicKey: Buffer
    signCount: number
    transports: string[]
    isSynced: boolean
    name: string
    createdAt: Defaulted<Instant>
    lastUsedAt: Instant | null
  }
  passkeyCeremony: {
    challenge: Buffer
    purpose: 'register' | 'sign-in' | 'second-factor' | 'step-up'
    userId: string | null
    expiresAt: Instant
  }
  secondFactorChallenge: {
    digest: Buffer
    userId: string
    deviceDigest: Buffer
    attempts: Defaulted<number>
    expiresAt: Instant
    identityProvider: 'google' | 'microsoft' | null
  }
  knownDevice: {
    userId: string
    deviceDigest: Buffer
    lastSeenAt: Defaulted<Instant>
  }
  factorBudget: {
    userId: string
    lane: Buffer
    attempts: number
    windowEndsAt: Instant
  }
  rememberedDevice: {
    id: Defaulted<string>
    userId: string
    tokenDigest: Buffer
    userAgent: string
    createdAt: Defaulted<Instant>
    lastUsedAt: Defaulted<Instant>
    expiresAt: Instant
  }
  invitation: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    kind: 'email' | 'link'
    email: string | null
    role: string
    locale: 'en' | 'ru'
    domain: string | null
    maxUses: Defaulted<number>
    uses: Defaulted<number>
    invitedBy: string
    throughLink: string | null
    createdAt: Defaulted<Instant>
    sentAt: Defaulted<Instant>
    expiresAt: Instant
    revokedAt: Instant | null
  }
  invitationToken: {
    digest: Buffer
    tenantId: string
    invitationId: string
  }
  role: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    base: 'admin' | 'manager' | 'member' | 'viewer'
    permissions: string[]
    fields: Defaulted<Json<Record<string, Record<string, string>>>>
    version: Defaulted<number>
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    scopes: Defaulted<Json<RecordScopes>>
    weighed: Defaulted<string[]>
  }
  securityEvent: {
    organizationId: Defaulted<string>
    sequence: number
    occurredAt: Instant
    kind: string
    actorType: string
    actorId: string | null
    aboutType: string | null
    aboutId: string | null
    address: string | null
    userAgent: string | null
    requestId: string | null
    details: string
    prevHash: Buffer
    hash: Buffer
  }
  securityLogCheck: {
    organizationId: Defaulted<string>
    checkedAt: Instant
    sequence: number
    hash: Buffer
    brokenSequence: number | null
  }
  apiKey: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    prefix: string
    permissions: string[]
    allowedNetworks: string[]
    ratePerMinute: number
    createdBy: string
    createdAt: Defaulted<Instant>
    expiresAt: Instant | null
    revokedAt: Instant | null
    lastUsedAt: Instant | null
  }
  apiKeyUse: {
    organizationId: Defaulted<string>
    keyId: string
    usedOn: string
    network: string
  }
  apiKeySecret: {
    digest: Buffer
    tenantId: string
    keyId: string
  }
  flagVersion: {
    id: Defaulted<boolean>
    version: number
  }
  flagSetting: {
    flag: string
    isKilled: boolean
    percentage: number | null
    changedAt: Defaulted<Instant>
    version: number
  }
  flagOverride: {
    tenantId: string
    flag: string
    isOn: boolean | null
    version: number
    operatorIsOn: boolean | null
  }
  flagChange: {
    id: Defaulted<string>
    occurredAt: Defaulted<Instant>
    flag: string
    changedBy: string
    email: string
    fromKilled: boolean
    fromPercentage: number | null
    toKilled: boolean
    toPercentage: number | null
    reason: string
    address: string | null
    userAgent: string | null
    requestId: string | null
    tenantId: string | null
    slug: string | null
    fromOn: boolean | null
    toOn: boolean | null
  }
  team: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    leadId: string | null
    version: Defaulted<number>
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
  }
  teamMember: {
    organizationId: Defaulted<string>
    teamId: string
    userId: string
    joinedAt: Defaulted<Instant>
  }
  ssoConnection: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    issuer: string
    clientId: string
    sealedSecret: Buffer
    defaultRole: 'manager' | 'member' | 'viewer' | null
    enabledAt: Instant | null
    testedAt: Instant | null
    testProblem: string | null
    credentials: Defaulted<number>
    version: Defaulted<number>
    createdAt: Defaulted<Instant>
    isTrustedToAskAgain: Defaulted<boolean>
  }
  emailDomain: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    challenge: string
    connectionId: string | null
    createdAt: Defaulted<Instant>
    verifiedAt: Instant | null
    proofFailures: Defaulted<number>
    proofFailingSince: Instant | null
    lapsedAt: Instant | null
  }
  capturedDomain: {
    name: string
    tenantId: string
    domainId: string
    recheckAt: Defaulted<Instant>
    lapsedAt: Instant | null
  }
  ssoIdentity: {
    organizationId: Defaulted<string>
    connectionId: string
    subject: string
    userId: string
    createdAt: Defaulted<Instant>
    lastUsedAt: Defaulted<Instant>
  }
  ssoExclusion: {
    organizationId: Defaulted<string>
    userId: string
    createdAt: Defaulted<Instant>
  }
  signInPolicy: {
    organizationId: Defaulted<string>
    ssoEnforcedAt: Instant | null
    secondFactorRequiredAt: Instant | null
  }
  linkedIdentity: {
    id: Defaulted<string>
    provider: 'google' | 'microsoft'
    issuer: string
    subject: string
    userId: string
    email: string
    createdAt: Defaulted<Instant>
  }
  ssoFlow: {
    digest: Buffer
    deviceDigest: Buffer
    purpose: 'sign-in' | 'test'
    provider: 'connection' | 'google' | 'microsoft'
    tenantId: string | null
    connectionId: string | null
    credentials: number | null
    userId: string | null
    returnTo: string
    expiresAt: Instant
    isFresh: Defaulted<boolean>
  }
  linkTicket: {
    digest: Buffer
    deviceDigest: Buffer
    userId: string
    provider: 'google' | 'microsoft'
    issuer: string
    subject: string
    email: string
    expiresAt: Instant
  }
  retiredSlug: {
    digest: Buffer
    retiredAt: Defaulted<Instant>
  }
  organizationExport: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    state: Defaulted<'running' | 'ready' | 'expired' | 'removed' | 'cancelled' | 'failed'>
    requestedBy: string
    requestedAt: Defaulted<Instant>
    readyAt: Instant | null
    expiresAt: Instant | null
    endedAt: Instant | null
    problem: string | null
    rowCount: Defaulted<number>
    fileCount: Defaulted<number>
    sizeBytes: Defaulted<number>
    archiveBytes: Defaulted<number>
  }
  exportPart: {
    organizationId: Defaulted<string>
    exportId: string
    service: string
    state: Defaulted<'waiting' | 'working' | 'done'>
    run: Defaulted<number>
    batch: Defaulted<number>
    rowCount: Defaulted<number>
    fileCount: Defaulted<number>
    sizeBytes: Defaulted<number>
    archiveBytes: Defaulted<number>
  }
  exportFile: {
    organizationId: Defaulted<string>
    exportId: string
    service: string
    run: number
    position: number
    name: string
    rowCount: number | null
    sizeBytes: number
    sha256: Buffer
  }
  exportChunk: {
    organizationId: Defaulted<string>
    exportId: string
    service: string
    run: number
    position: number
    number: number
    bytes: Buffer
  }
  factorReset: {
    userId: string
    tenantId: string | null
    requestedBy: string
    requestedAt: Defaulted<Instant>
    dueAt: Instant
    keepDigest: Buffer
  }
}
