import type { TestPlace } from './test-place.ts'

export const singleSignOn = {
  ssoGenuine: ['services/auth/src/sso/attacks.int.test.ts', 'takes a well-made answer, which shows that the ones below fail for what they forge'],
  ssoNonce: ['services/auth/src/sso/attacks.int.test.ts', 'refuses an ID token that was made for another sign-in'],
  ssoOtherBrowser: ['services/auth/src/sso/attacks.int.test.ts', 'refuses what another browser began: nobody is signed in as somebody else by a link'],
  ssoOnce: ['services/auth/src/sso/attacks.int.test.ts', 'takes a callback once, also of two at the same moment'],
  ssoLate: ['services/auth/src/sso/attacks.int.test.ts', 'takes no callback after ten minutes, nor one with a made-up state'],
  ssoPkce: ['services/auth/src/sso/attacks.int.test.ts', 'sends the PKCE verifier that only the one who began can know, and the exact address'],
  ssoMixUp: ['services/auth/src/sso/attacks.int.test.ts', 'refuses the answer of another provider (RFC 9207), before a code or a secret goes anywhere'],
  ssoFlowProvider: [
    'services/auth/src/sso/attacks.int.test.ts',
    'asks the provider of the flow, whatever the callback says, so that no code reaches another one',
  ],
  ssoNoOtherSite: ['services/auth/src/sso/attacks.int.test.ts', 'never goes on at another site'],
  ssoMetadata: ['services/auth/src/sso/attacks.int.test.ts', 'takes no metadata of another issuer'],
  ssoOtherOrganisation: [
    'services/auth/src/sso/attacks.int.test.ts',
    'is no way into another organisation: one provider vouches for the domains of its own only',
  ],
  ssoSubject: ['services/auth/src/sso/sso.int.test.ts', 'knows people by their subject: a recycled address does not get the account of its last owner'],
  ssoUnvouched: ['services/auth/src/sso/sso.int.test.ts', 'takes nobody whose address the provider does not vouch for, nor one of a domain that is not proven'],
  ssoConnectionEnds: ['services/auth/src/sso/sso.int.test.ts', 'ends the sessions of a connection with it, and begins none'],
  ssoStaysOut: ['services/auth/src/sso/sso.int.test.ts', 'does not bring back whom somebody removed or disabled, and ends their sessions'],
  ssoEnforced: ['services/auth/src/sso/enforced.int.test.ts', 'ends sessions by password when it is enforced, and lets single sign-on in'],
  secondFactorForAll: [
    'services/auth/src/sso/second-factor-for-all.int.test.ts',
    'lets members without a second factor do nothing but set one up, at once and at the next sign-in',
  ],
  ssoForgeries: ['services/auth/src/sso/attacks.int.test.ts', 'refuses an ID token that %s'],
  ssoFresh: ['services/auth/src/sso/fresh-sign-in.int.test.ts', 'takes a sign-in at the provider for a fresh proof only if it was one there'],
  ssoFreshAsked: ['services/auth/src/sso/fresh-sign-in.int.test.ts', 'asks every provider how old its sign-in is, and for a new one where that is needed'],
  ssoTrustedAgain: [
    'services/auth/src/sso/fresh-sign-in.int.test.ts',
    'takes the word of the organisation for a silent provider that was told to ask again, and for nothing else',
  ],
  ssoFreshRefused: [
    'services/auth/src/sso/fresh-sign-in.int.test.ts',
    'lets nobody in as signed in anew whom the provider did not ask again, or does not say so',
  ],
  ssoSingleFactor: [
    'services/auth/src/sso/fresh-sign-in.int.test.ts',
    'asks for a factor here, where everybody needs two, whom the provider itself says to have shown one only',
  ],
} as const satisfies Readonly<Record<string, TestPlace>>
