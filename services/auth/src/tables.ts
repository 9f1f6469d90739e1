import type { ColumnType } from 'kysely'

type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Timestamp = ColumnType<Date, Date | string, Date | string>

export interface Membership {
  joinedAt: Generated<Timestamp>
  organizationId: Generated<string>
  role: string
  userId: string
}
export interface Organization {
  createdAt: Generated<Timestamp>
  locale: string
  name: string
  organizationId: Generated<string>
  slug: string
}
export interface OrganizationSlug {
  slug: string
  takenBy: string
}
export interface PasswordCredential {
  changedAt: Generated<Timestamp>
  passwordHash: string
  userId: string
}
export interface RefreshToken {
  digest: Buffer
  expiresAt: Timestamp
  rotatedAt: Timestamp | null
  sessionId: string
  tenantId: string
  userId: string
}
export interface Session {
  createdAt: Generated<Timestamp>
  deviceDigest: Buffer
  expiresAt: Timestamp
  id: Generated<string>
  organizationId: Generated<string>
  revokedAt: Timestamp | null
  revokedReason: string | null
  userAgent: string
  userId: string
}
export interface SigningKey {
  createdAt: Generated<Timestamp>
  encryptedPrivateJwk: Buffer
  kid: string
  publicJwk: ColumnType<Record<string, unknown>, string, string>
  signsFrom: Timestamp
}
export interface SignInBudget {
  attempts: number
  identifier: Buffer
  network: string
  windowEndsAt: Timestamp
}
export interface UserAccount {
  createdAt: Generated<Timestamp>
  email: string
  id: Generated<string>
  locale: string
  name: string
}
export interface Tables {
  membership: Membership
  organization: Organization
  organizationSlug: OrganizationSlug
  passwordCredential: PasswordCredential
  refreshToken: RefreshToken
  session: Session
  signingKey: SigningKey
  signInBudget: SignInBudget
  userAccount: UserAccount
}
