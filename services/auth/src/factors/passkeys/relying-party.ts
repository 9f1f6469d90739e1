/** WebAuthn calls us the relying party: the domain that passkeys are made for and work with. */
export const RELYING_PARTY_NAME = 'AI CRM'
export const CEREMONY_SECONDS = 300
export const MAX_PASSKEYS = 20

/** `https://crm.example.com` → `crm.example.com`. */
export const relyingPartyOf = (origin: string): string => new URL(origin).hostname
