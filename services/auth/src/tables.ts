// Generated from services/auth/migrations by `node tools/generate-tables.ts auth`: change those.
import type { Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  userAccount: {
    id: Defaulted<string>
    email: string
    name: string
    locale: 'en' | 'ru'
    createdAt: Defaulted<Instant>
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
    address: string | null
    lastAddress: string | null
    lastSeenAt: Defaulted<Instant>
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
}
