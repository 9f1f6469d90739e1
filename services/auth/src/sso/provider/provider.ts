/** An OpenID Connect provider as we are known to it. */
export interface Provider {
  readonly kind: 'connection' | 'google' | 'microsoft'
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Of breakers: one organisation's broken provider is nobody else's. */
  readonly credential: string
}

/** What a provider vouches for, after every check of its answer. */
export interface ProvenIdentity {
  readonly issuer: string
  /** Whom it means: never the address, which changes hands. */
  readonly subject: string
  /** Lower case; null where there is none, or the provider does not vouch for it. */
  readonly email: string | null
  readonly name: string | null
  /** How the person has proven themselves there (RFC 8176), as it says. */
  readonly amr: readonly string[]
  readonly acr: string | null
  /** When they did so, as it says. Null: it does not say. */
  readonly authenticatedAt: Date | null
  /** When it wrote this down. */
  readonly issuedAt: Date | null
}
