import { met, notApplicable, open, type Chapter } from '../requirement.ts'

const NO_PHONE = 'No codes by phone or SMS.'

export const authentication: Chapter = {
  number: 6,
  title: 'Authentication',
  requirements: [
    met('6.1.1', 'How guessing is stopped is documented', 'doc:docs/guides/security.md#guessing'),
    met('6.1.2', 'Words that may not be passwords are documented', 'doc:docs/guides/security.md#passwords'),
    met('6.1.3', 'Ways to sign in are documented', 'doc:docs/guides/security.md#ways-in'),
    met('6.2.1', 'Passwords of 8 characters at least', 'shortPassword'),
    met('6.2.2', 'People change their password', 'passwordChange'),
    met('6.2.3', 'A change needs the current password', 'passwordChange'),
    met('6.2.4', 'Not one of the top 3,000', 'commonPasswords', 'commonAtSignUp'),
    met('6.2.5', 'No rules of composition', 'uncommonPasswords'),
    met('6.2.6', 'Password fields are masked', 'passwordFields'),
    met('6.2.7', 'Pasting and password managers', 'passwordFields'),
    met('6.2.8', 'Passwords are taken as they are', 'passwordWhole', 'passwordSpellings'),
    met('6.2.9', '64 characters and more', 'passwordWhole'),
    met('6.2.10', 'No change by the calendar', 'passwordStays'),
    met('6.2.11', 'Words of the context are refused', 'ownWords', 'productWords'),
    met('6.2.12', 'Breached passwords are refused', 'commonPasswords', 'commonAtSignUp'),
    met('6.3.1', 'Against stuffing and guessing', 'bruteForce', 'spray', 'attemptsInBurst', 'secondFactorBurst'),
    met('6.3.2', 'No default accounts', 'noDemo', 'demoOnce'),
    met('6.3.3', 'A second factor can be required', 'secondFactorForAll', 'secondFactorNeeded', 'stepUpFactor'),
    met('6.3.4', 'All ways in are equally strong', 'resetKeepsFactor', 'passkeyUnverified', 'openRoutes', 'doc:docs/guides/security.md#ways-in'),
    met('6.4.1', 'First secrets are random and short-lived', 'signUpByLink', 'signUpLinkOver', 'invitationOver'),
    notApplicable('6.4.2', 'Hints and secret questions', 'There are none.'),
    met('6.4.3', 'A reset does not go round the second factor', 'resetKeepsFactor', 'resetOnce'),
    met('6.4.4', 'A lost factor', 'recoveryOnce', 'lostFactors', 'lostFactorsRefused', 'lostFactorsWho', 'lostFactorsOperator'),
    met('6.5.1', 'Codes work once', 'codeOnce', 'recoveryOnce', 'passkeyOnce'),
    met('6.5.2', 'Stored codes', 'recoveryBits', 'appCounts'),
    met('6.5.3', 'Codes are random', 'recoveryBits', 'totpSecret'),
    met('6.5.4', 'Entropy of codes', 'recoveryBits'),
    open(
      '6.5.5',
      'Lifetime of codes',
      'Deliberate: a challenge lives for ten minutes, but the TOTP step before and the one after count too, once each, for clocks that are off (RFC 6238, 5.2): 90 seconds, not 30.',
      'totpSteps',
      'challengeTime',
    ),
    notApplicable('6.6.1', 'Codes by phone', NO_PHONE),
    notApplicable('6.6.2', 'Codes out of band belong to their request', NO_PHONE),
    notApplicable('6.6.3', 'Guessing of codes out of band', NO_PHONE),
    met('6.8.1', 'Identities of several providers', 'ssoSubject', 'ssoOtherOrganisation', 'ssoUnvouched'),
    met('6.8.2', 'Signatures of assertions', 'ssoForgeries', 'ssoGenuine'),
    notApplicable('6.8.3', 'SAML assertions', 'There is no SAML.'),
    open(
      '6.8.4',
      'Strength and age of a sign-in elsewhere',
      'acr and amr of a provider are kept but decide nothing, and auth_time is not asked for: a sign-in there counts as a proof of that moment for ten minutes, however old the session at the provider is. After that, sensitive actions ask for a proof here.',
      'stepUpFresh',
    ),
  ],
}

export const sessions: Chapter = {
  number: 7,
  title: 'Sessions',
  requirements: [
    met('7.1.1', 'Lifetimes are documented', 'doc:docs/guides/security.md#sessions'),
    met('7.1.2', 'Number of sessions is documented', 'doc:docs/guides/security.md#sessions'),
    met('7.1.3', 'Federated sessions are documented', 'doc:docs/guides/security.md#sessions'),
    met('7.2.1', 'Tokens are checked by the server', 'matrixNeedsToken', 'doorAsksToken'),
    met('7.2.2', 'Session tokens are made for each session', 'exchangesRefresh', 'keyExchanged'),
    met('7.2.3', 'Reference tokens are random', 'refreshBits', 'ticketRefused'),
    met('7.2.4', 'A new token with each proof of who somebody is', 'exchangesRefresh', 'secondFactorNeeded', 'stepUpFresh'),
    met('7.3.1', 'Idle sessions end', 'sessionAges'),
    met('7.3.2', 'Sessions end after a longest time', 'sessionAges'),
    met('7.4.1', 'A session that ended is of no use', 'signOutEnds', 'sessionEnds', 'revokedToken'),
    met('7.4.2', 'Sessions of a disabled or removed person end', 'disabledMember', 'removedMember', 'sessionEnds'),
    met('7.4.3', 'Other sessions end when a factor changes', 'passwordChange', 'passwordElsewhere', 'otherSessions', 'sessionEnds'),
    met('7.4.4', 'Signing out is in sight', 'signOutInSight'),
    met('7.4.5', 'Administrators end sessions', 'adminEndsSessions'),
    met('7.5.1', 'Fresh proof before sensitive changes', 'stepUpFresh', 'stepUpFactor', 'emailChange', 'ownershipProof'),
    met('7.5.2', 'People see and end their sessions', 'sessionsShown', 'oneSession', 'otherSessions'),
    met('7.6.1', 'Sessions here and at the provider', 'ssoConnectionEnds', 'ssoEnforced', 'ssoStaysOut', 'doc:docs/guides/security.md#sessions'),
    met('7.6.2', 'No session without doing something', 'signUpByLink', 'resetOnce', 'crossSite'),
  ],
}

export const authorization: Chapter = {
  number: 8,
  title: 'Authorisation',
  requirements: [
    met('8.1.1', 'Rules of functions and data are documented', 'doc:docs/guides/security.md#who-may-what', 'openApiAccess'),
    met('8.1.2', 'Rules of fields are documented', 'doc:docs/guides/security.md#who-may-what'),
    met('8.2.1', 'Functions need a permission', 'matrixRoles', 'matrixExactly', 'accessRequired'),
    met('8.2.2', 'Data of others are out of reach', 'foreignIds', 'sessionsOfOthers', 'passkeysOfOthers'),
    met('8.2.3', 'Fields need a permission', 'fieldHidden', 'fieldWrite', 'fieldSearch', 'declaredFields'),
    met('8.3.1', 'Enforced by the server', 'matrixRoles', 'doorAsksToken', 'fieldWrite'),
    met('8.4.1', 'Organisations are apart', 'foreignIds', 'tenantTables', 'catalogue', 'interleaved', 'batchesApart'),
  ],
}

export const tokens: Chapter = {
  number: 9,
  title: 'Self-contained tokens',
  requirements: [
    met('9.1.1', 'Signatures are verified', 'tokenForgeries', 'rotationForgeries'),
    met('9.1.2', 'One algorithm, never none', 'tokenForgeries', 'rotationForgeries'),
    met('9.1.3', 'Keys from a trusted place only', 'tokenForgeries', 'rotationForgeries', 'otherInstallation'),
    met('9.2.1', 'Time of validity', 'tokenForgeries', 'rememberedExpired'),
    met('9.2.2', 'Kind of token', 'tokenForgeries', 'serviceTokenDoor'),
    met('9.2.3', 'Audience', 'tokenForgeries', 'serviceTokens'),
    met('9.2.4', 'Audience per receiver', 'serviceTokens'),
  ],
}
