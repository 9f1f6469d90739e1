/** Of RFC 8176, by what they show; `mfa` says it at once. */
const KNOWLEDGE: ReadonlySet<string> = new Set(['pwd', 'pin', 'kba'])
const POSSESSION: ReadonlySet<string> = new Set(['otp', 'hwk', 'swk', 'pop', 'sc', 'sms', 'tel', 'fido'])
const INHERENCE: ReadonlySet<string> = new Set(['face', 'fpt', 'iris', 'retina', 'vbm'])

/** Contexts that are two factors by their definition: phishing-resistant ones of EAP, REFEDS MFA, PAPE. */
const STRONG_CONTEXTS: ReadonlySet<string> = new Set([
  'phr',
  'phrh',
  'https://refeds.org/profile/mfa',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
])

/** Whether the provider says how its person has proven themselves, and that is one factor only. Silence is no such word. */
export function isToldSingleFactor(amr: readonly string[], acr: string | null): boolean {
  if (acr !== null && STRONG_CONTEXTS.has(acr)) return false
  const kinds = [KNOWLEDGE, POSSESSION, INHERENCE].filter((kind) => amr.some((method) => kind.has(method)))
  return kinds.length === 1 && !amr.includes('mfa')
}
