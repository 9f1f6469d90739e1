import { met, notApplicable, type Chapter } from '../requirement.ts'

const NO_SERVER = 'The product is no OAuth authorization server: it gives codes and tokens to no other program’s users.'
const NO_PROVIDER = 'The product is no OpenID provider.'

export const oauth: Chapter = {
  number: 10,
  title: 'OAuth and OIDC',
  requirements: [
    met('10.1.1', 'Tokens go to who needs them', 'signUpCookies', 'keyStripped'),
    met('10.1.2', 'Answers belong to the flow that was begun here', 'ssoOtherBrowser', 'ssoOnce', 'ssoLate'),
    met('10.2.1', 'CSRF of the code flow', 'ssoPkce', 'ssoOtherBrowser', 'ssoLate'),
    met('10.2.2', 'Mix-up of providers', 'ssoMixUp', 'ssoFlowProvider'),
    met('10.3.1', 'Access tokens for this service only', 'tokenForgeries'),
    met('10.3.2', 'Rights of the token decide', 'customRoleToken', 'keyAsFar'),
    met('10.3.3', 'People are known by what is never given again', 'memberless', 'rememberedProof'),
    met('10.3.4', 'Strength and age of the proof', 'rememberedProof', 'stepUpFresh', 'stepUpOldFactor'),
    notApplicable('10.4.1', 'Redirect addresses', NO_SERVER),
    notApplicable('10.4.2', 'Codes once', NO_SERVER),
    notApplicable('10.4.3', 'Codes are short-lived', NO_SERVER),
    notApplicable('10.4.4', 'Grants', NO_SERVER),
    met('10.4.5', 'Refresh tokens rotate, reuse ends the family', 'refreshReuse', 'refreshParallel', 'refreshCrossings'),
    notApplicable('10.4.6', 'PKCE of the server', NO_SERVER),
    notApplicable('10.4.7', 'Dynamic registration', NO_SERVER),
    met('10.4.8', 'Refresh tokens end', 'sessionAges'),
    met('10.4.9', 'Refresh tokens can be revoked by people', 'oneSession', 'otherSessions'),
    notApplicable('10.4.10', 'Confidential clients', NO_SERVER),
    notApplicable('10.4.11', 'Scopes of clients', NO_SERVER),
    met('10.5.1', 'Replay of ID tokens', 'ssoNonce', 'ssoOnce'),
    met('10.5.2', 'People by the subject', 'ssoSubject'),
    met('10.5.3', 'Issuer of the metadata', 'ssoMetadata'),
    met('10.5.4', 'Audience of ID tokens', 'ssoForgeries'),
    notApplicable('10.5.5', 'Back-channel logout', 'There is none.'),
    notApplicable('10.6.1', 'Response modes', NO_PROVIDER),
    notApplicable('10.6.2', 'Forced logout', NO_PROVIDER),
    notApplicable('10.7.1', 'Consent', NO_SERVER),
    notApplicable('10.7.2', 'What is consented to', NO_SERVER),
    notApplicable('10.7.3', 'Keeping consents', NO_SERVER),
  ],
}
