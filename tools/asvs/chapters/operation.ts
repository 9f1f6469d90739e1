import { met, notApplicable, open, type Chapter } from '../requirement.ts'

export const cryptography: Chapter = {
  number: 11,
  title: 'Cryptography',
  requirements: [
    met('11.1.1', 'Life of keys is documented', 'doc:docs/guides/security.md#keys', 'keyRotation'),
    met('11.1.2', 'Keys and algorithms are listed', 'doc:docs/guides/security.md#keys'),
    met('11.2.1', 'Implementations of the industry', 'argonParameters', 'sealedSecret', 'tokenForgeries'),
    met(
      '11.2.2',
      'Crypto agility',
      'masterExchanged',
      'masterColumns',
      'keyRotation',
      'webhookRotation',
      'doc:docs/guides/secrets.md#exchanging-the-master-secret',
    ),
    met('11.2.3', '128 bits at least', 'refreshBits', 'sealedSecret', 'argonParameters'),
    met('11.3.1', 'No insecure modes or padding', 'sealedSecret', 'sealedJwk'),
    met('11.3.2', 'AES-GCM only', 'sealedSecret', 'sealedJwk'),
    met('11.3.3', 'Encrypted data cannot be changed', 'sealedSecret', 'sealedJwk', 'copiedSecret', 'webhookSealed'),
    met('11.4.1', 'Approved hash functions', 'securityLogProof', 'webhookSignature'),
    met('11.4.2', 'Storage of passwords', 'argonParameters'),
    met('11.4.3', 'Hashes of 256 bits for integrity', 'securityLogProof', 'securityLogCut'),
    notApplicable('11.4.4', 'Keys from passwords', 'No key is derived from a password; the master secret is random.'),
    met('11.5.1', 'Random values', 'refreshBits', 'recoveryBits', 'totpSecret'),
    met('11.6.1', 'Keys and signatures', 'keyPublicPart', 'tokenForgeries'),
  ],
}

export const communication: Chapter = {
  number: 12,
  title: 'Secure communication',
  requirements: [
    met('12.1.1', 'TLS 1.2 and 1.3 only', 'oldTls', 'strongTls'),
    met('12.1.2', 'Cipher suites', 'strongTls'),
    notApplicable('12.1.3', 'Client certificates', 'Nobody is known by a client certificate.'),
    met('12.2.1', 'TLS for everything public', 'tlsOnly', 'overTls', 'pagesRedirected', 'doorEncrypted', 'hsts'),
    notApplicable(
      '12.2.2',
      'Certificates that the public trusts',
      'Which certificate it is, is the operator’s: the program takes any chain (TLS_CERT), and brings none.',
    ),
    met(
      '12.3.1',
      'Encryption of all connections',
      'encryptionRequired',
      'doorEncrypted',
      'starttls',
      'starttlsRequired',
      'relayTls',
      'doc:docs/guides/security.md#whom-it-talks-to',
    ),
    met('12.3.2', 'Certificates are validated', 'relayTls', 'egressWrong'),
    met('12.3.3', 'Encryption between services', 'encryptionRequired', 'overTls', 'tlsOnly'),
    met('12.3.4', 'Certificates between services', 'untrustedService'),
  ],
}

export const configuration: Chapter = {
  number: 13,
  title: 'Configuration',
  requirements: [
    met('13.1.1', 'Whom the product talks to is documented', 'doc:docs/guides/security.md#whom-it-talks-to'),
    met('13.2.1', 'Services prove who they are', 'serviceTokens', 'serviceTokenDoor', 'keyExchangeServices'),
    met('13.2.2', 'Least privileges between parts', 'otherSchema', 'catalogue', 'catalogueMutants'),
    met('13.2.3', 'No default credentials', 'masterFollowed', 'embeddedPrivate'),
    met('13.2.4', 'Whom the product may reach', 'egressAddresses', 'egressOperator', 'doc:docs/guides/security.md#whom-it-talks-to'),
    met('13.2.5', 'What the server may load', 'staticFolder', 'egressOperator'),
    notApplicable(
      '13.3.1',
      'A vault for secrets',
      'Where they are kept is the operator’s: the program takes its secrets from what a vault or a cluster puts into its environment, has none in source or images, and goes on while the master secret is exchanged (11.2.2).',
    ),
    met('13.3.2', 'Secrets for who needs them', 'otherSchema', 'sealedJwk', 'copiedSecret'),
    met('13.4.1', 'No source control in what is deployed', 'staticFolder'),
    met('13.4.2', 'No debug modes', 'nothingInternal', 'fuzzInternal'),
    met('13.4.3', 'No listings of folders', 'staticFolder'),
    met('13.4.4', 'No TRACE', 'noTrace'),
    met('13.4.5', 'Documents and metrics are exposed on purpose only', 'opsServer', 'apiReference', 'doc:docs/guides/security.md#whom-it-talks-to'),
  ],
}

export const data: Chapter = {
  number: 14,
  title: 'Data protection',
  requirements: [
    met('14.1.1', 'Data are classified', 'doc:docs/guides/security.md#data'),
    met('14.1.2', 'What each class asks for', 'doc:docs/guides/security.md#data'),
    met('14.2.1', 'Nothing secret in addresses', 'socketCredentialInAddress', 'linkSecrets', 'bearerOnly'),
    met('14.2.2', 'Nothing secret in caches', 'cacheKeys', 'securityHeaders'),
    met('14.2.3', 'Nothing to third parties', 'pagePolicy', 'remoteImageQuiet', 'apiReference'),
    met('14.2.4', 'Controls as documented', 'logAllowList', 'logSecrets', 'resetSecret', 'systemMailKept', 'idempotencyForgets'),
    met('14.3.1', 'Nothing is left after signing out', 'nothingLeftWritten'),
    met('14.3.2', 'Cache-Control', 'securityHeaders', 'pagePolicy'),
    met('14.3.3', 'Nothing secret in browser storage', 'noTokenKept', 'writingSealed', 'doc:docs/guides/security.md#sessions'),
  ],
}

export const architecture: Chapter = {
  number: 15,
  title: 'Secure coding and architecture',
  requirements: [
    met('15.1.1', 'Time frames for updates are documented', 'doc:docs/guides/security.md#dependencies'),
    met('15.1.2', 'Inventory of libraries', 'libraryInventory', 'declaredDependencies', 'doc:docs/guides/security.md#dependencies'),
    met('15.1.3', 'Costly functions are documented', 'doc:docs/guides/security.md#limits', 'openApiLimits'),
    open(
      '15.2.1',
      'Libraries are up to date',
      'Whether one is late is known to the registry only: `npm run audit` asks it (`npm audit`, signatures), by hand before a release and every week. No run by a machine is part of this repository, and a mirror that does not answer (405 for the advisories) proves nothing. What needs no registry is checked: exact versions, integrity, no install scripts.',
      'libraryInventory',
      'declaredDependencies',
    ),
    met('15.2.2', 'Costly functions cannot exhaust the product', 'shedLoad', 'fairShare', 'workerKilled', 'hashQueue', 'modelLeftAlone'),
    met('15.2.3', 'Nothing but what production needs', 'noDemo', 'openRoutes'),
    met('15.3.1', 'Declared fields only', 'declaredFields', 'answersByContract'),
    met('15.3.2', 'Redirects are followed on purpose only', 'egressRedirects', 'egressThree', 'egressPost'),
    met('15.3.3', 'Mass assignment', 'strictBodies', 'openApiUnknownFields'),
    met('15.3.4', 'The client’s address', 'clientAddress', 'addressSpoof', 'forwardedHeaders'),
    met('15.3.5', 'Strict types', 'strictBodies', 'honestTypes'),
    met('15.3.6', 'Prototype pollution', 'strictBodies', 'apiFuzz'),
    met('15.3.7', 'Parameter pollution', 'strictBodies', 'parameterPollution'),
  ],
}

export const logging: Chapter = {
  number: 16,
  title: 'Logging and errors',
  requirements: [
    met('16.1.1', 'Logs are listed', 'doc:docs/guides/security.md#logs'),
    met('16.2.1', 'Who, when, where, what', 'securityLogWho', 'logLevels'),
    met('16.2.2', 'Time in UTC', 'logLevels', 'securityLogFilters'),
    met('16.2.3', 'Logs go where the list says', 'logLevels', 'tracingOff'),
    met('16.2.4', 'Logs can be read by machines', 'logLevels', 'oneTrace'),
    met('16.2.5', 'Secrets are not logged', 'logAllowList', 'logSecrets', 'logRows'),
    met('16.3.1', 'Sign-ins are logged, good and bad', 'securityLogWho', 'refusedLogged', 'factorEvents'),
    met('16.3.2', 'Refused access is logged', 'refusalLogged', 'strangerLogged'),
    met('16.3.3', 'Attempts to go round are logged', 'spray', 'refreshReuse', 'securityLogCut'),
    met('16.3.4', 'Unexpected errors are logged', 'nothingInternal', 'deadLetters'),
    met('16.4.1', 'No injection into logs', 'logLines'),
    met('16.4.2', 'Logs cannot be changed', 'securityLogUnchanged', 'securityLogProof', 'securityLogCut', 'securityLogExport'),
    notApplicable(
      '16.4.3',
      'Logs go to another system',
      'The process keeps no log: it writes to standard output, and what collects that is another system of the operator’s. The security log leaves by its export.',
    ),
    met('16.5.1', 'Errors say nothing internal', 'nothingInternal', 'fuzzInternal'),
    met('16.5.2', 'Others may fail', 'breakerOpens', 'redisAway', 'modelUnreachable', 'serviceAway'),
    met('16.5.3', 'Failing closed', 'idempotencyCrash', 'noContext', 'keysAway'),
  ],
}

const NO_RTC = 'There is no WebRTC.'

export const webrtc: Chapter = {
  number: 17,
  title: 'WebRTC',
  requirements: [
    notApplicable('17.1.1', 'TURN', NO_RTC),
    notApplicable('17.2.1', 'Keys of DTLS', NO_RTC),
    notApplicable('17.2.2', 'Suites of DTLS', NO_RTC),
    notApplicable('17.2.3', 'Authentication of SRTP', NO_RTC),
    notApplicable('17.2.4', 'Malformed SRTP', NO_RTC),
    notApplicable('17.3.1', 'Floods of signals', NO_RTC),
    notApplicable('17.3.2', 'Malformed signals', NO_RTC),
  ],
}
