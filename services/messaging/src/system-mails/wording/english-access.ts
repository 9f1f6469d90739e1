import { device, NOT_YOU, when } from './english-parts.ts'
import { open, secret } from './parts.ts'
import type { Wordings } from './wording.ts'

const FACTORS = { totp: 'Authenticator app', passkey: 'Passkey', 'recovery-codes': 'Recovery codes' } as const
const ACCESS = {
  'api-key': { heading: 'A new API key', what: 'Key', says: 'whoever has this key reads and changes what it allows, without signing in.' },
  webhook: { heading: 'A new webhook', what: 'Address', says: 'what happens in the organisation is told to this address from now on.' },
  'webhook-address': {
    heading: 'A webhook leads elsewhere',
    what: 'New address',
    says: 'what happens in the organisation is told to another address from now on.',
  },
} as const

type Access = 'factor-added' | 'factor-removed' | 'factor-reset-scheduled' | 'factors-reset' | 'identity-linked' | 'identity-unlinked' | 'access-opened'

/** What opens an account or an organisation, and what does so no more. */
export const englishAccess: Pick<Wordings, Access> = {
  'factor-added': ({ name, at, factor, device: on, link }) => ({
    subject: 'A way to prove yourself was added',
    heading: `${FACTORS[factor]} added`,
    paragraphs: [`Hello ${name}, your account has one more way to prove that it is you.`],
    facts: [['When', when(at)], ...device(on)],
    action: open('Look at your security settings', link),
    closing: NOT_YOU,
  }),
  'factor-removed': ({ name, at, factor, device: on, link }) => ({
    subject: 'A way to prove yourself was removed',
    heading: `${FACTORS[factor]} removed`,
    paragraphs: [`Hello ${name}, your account has one way less to prove that it is you.`],
    facts: [['When', when(at)], ...device(on)],
    action: open('Look at your security settings', link),
    closing: NOT_YOU,
  }),
  'factor-reset-scheduled': ({ name, requestedBy, resetsAt, link }) => ({
    subject: 'Your second factors will be taken away',
    heading: 'Have you lost your second factors?',
    paragraphs: [
      `Hello ${name}, ${requestedBy} says that you have lost every second factor and cannot sign in any more.`,
      'When the time is over, your authenticator app, passkeys and recovery codes stop working, all your sessions end, and your password alone signs you in. Using one of them until then stops it too.',
    ],
    facts: [
      ['Asked for by', requestedBy],
      ['They are taken away', when(resetsAt)],
    ],
    action: secret('Keep my second factors', link),
    closing: 'If you have asked for this, there is nothing to do. If you have not, keep them now and tell your administrator.',
  }),
  'factors-reset': ({ name, at, link }) => ({
    subject: 'Your second factors were taken away',
    heading: 'Your password alone signs you in now',
    paragraphs: [`Hello ${name}, as was announced, your authenticator app, passkeys and recovery codes do not work any more. All sessions have ended.`],
    facts: [['When', when(at)]],
    action: open('Sign in and add a second factor', link),
    closing: NOT_YOU,
  }),
  'identity-linked': ({ name, at, provider, account, device: on, link }) => ({
    subject: `${provider} opens your account now`,
    heading: `Connected: ${provider}`,
    paragraphs: [`Hello ${name}, whoever signs in at ${provider} as ${account} is signed in to your account here, without its password.`],
    facts: [['When', when(at)], ...device(on)],
    action: open('Look at your security settings', link),
    closing: `If this was you, there is nothing to do. ${NOT_YOU} If you do not know this connection, take it away there, or ask whoever administers your organisation where it is theirs.`,
  }),
  'identity-unlinked': ({ name, at, provider, account, device: on, link }) => ({
    subject: `${provider} does not open your account any more`,
    heading: `Let go of: ${provider}`,
    paragraphs: [`Hello ${name}, ${account} at ${provider} does not sign you in any more. Sessions that began by it have ended.`],
    facts: [['When', when(at)], ...device(on)],
    action: open('Look at your security settings', link),
    closing: `If this was you, there is nothing to do. ${NOT_YOU}`,
  }),
  'access-opened': ({ name, organizationName, kind, what, doneBy, at, link }) => ({
    subject: `${ACCESS[kind].heading} in ${organizationName}`,
    heading: ACCESS[kind].heading,
    paragraphs: [`Hello ${name}, ${ACCESS[kind].says}`],
    facts: [
      ['Organisation', organizationName],
      [ACCESS[kind].what, what],
      ['Done by', doneBy],
      ['When', when(at)],
    ],
    action: open('Look at it', link),
    closing:
      'You get this mail because you own this organisation, or because it was done in your name. If nobody should have done this, end it there, and ask who did.',
  }),
}
