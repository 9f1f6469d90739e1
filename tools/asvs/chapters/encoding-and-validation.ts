import { met, notApplicable, type Chapter } from '../requirement.ts'

const UNMANAGED = 'All code is TypeScript on Node: memory and bounds are managed, integers do not wrap.'

export const encoding: Chapter = {
  number: 1,
  title: 'Encoding and sanitisation',
  requirements: [
    met('1.1.1', 'Decoded once, before validation', 'strictJson', 'notUtf8', 'wrongAddress'),
    met('1.1.2', 'Encoded last, by or for the interpreter', 'sqlValues', 'csvCells', 'webWords', 'systemMailHtml'),
    met('1.2.1', 'Output fits its context: HTML, CSS, headers', 'xssVectors', 'ownHeaders', 'systemMailHtml'),
    met('1.2.2', 'Built addresses are encoded; only safe schemes', 'noOtherSchemes', 'systemMailLinks', 'clientPath'),
    met('1.2.3', 'No injection into scripts and JSON', 'declaredFields', 'pagePolicy'),
    met('1.2.4', 'Queries take parameters', 'apiFuzz', 'sqlValues', 'anyTextForQuery'),
    notApplicable('1.2.5', 'Operating system commands', 'The product starts no program on behalf of anybody; only its own PostgreSQL at the start.'),
    notApplicable('1.2.6', 'LDAP', 'There is no LDAP.'),
    notApplicable('1.2.7', 'XPath', 'There is no XML database and no XPath.'),
    notApplicable('1.2.8', 'LaTeX', 'There is no LaTeX.'),
    notApplicable('1.2.9', 'Regular expressions from input', 'No expression is built from input; patterns in code are constants.'),
    met('1.3.1', 'HTML of others is sanitised by a library', 'xssVectors', 'htmlInChromium', 'sanitisedTwice'),
    met('1.3.2', 'No eval of input', 'pagePolicy', 'noTools'),
    met('1.3.3', 'What goes to a dangerous place is cut to what is safe there', 'attachmentNames', 'nulBytes', 'logLines'),
    met('1.3.4', 'SVG of others', 'htmlInChromium', 'remoteImageRefused'),
    met('1.3.5', 'Markup, CSS and templates of others', 'htmlInChromium', 'frameAlone'),
    met('1.3.6', 'SSRF', 'egressAddresses', 'egressNames', 'egressPinned', 'egressRedirects', 'remoteImageInside'),
    met('1.3.7', 'Templates are not built from input', 'systemMailHtml', 'injectedModel'),
    notApplicable('1.3.8', 'JNDI', 'There is no Java.'),
    notApplicable('1.3.9', 'Memcache', 'There is no memcache; keys of Redis are built by one function.'),
    notApplicable('1.3.10', 'Format strings', 'JavaScript has none; log texts are constants with fields beside them.'),
    met('1.3.11', 'Mail headers and SMTP commands', 'ownHeaders', 'starttlsInjection', 'brokenMail'),
    notApplicable('1.4.1', 'Memory-safe strings and copies', UNMANAGED),
    met('1.4.2', 'Ranges of numbers', 'apiFuzz', 'largeIntegers'),
    notApplicable('1.4.3', 'Freed memory', UNMANAGED),
    notApplicable('1.5.1', 'XML parsers', 'No XML of others is parsed; HTML by a parser without entities or external references.'),
    met('1.5.2', 'Deserialisation of what is declared only', 'strictBodies', 'unknownEvents', 'tokenForgeries'),
  ],
}

export const validation: Chapter = {
  number: 2,
  title: 'Validation and business logic',
  requirements: [
    met('2.1.1', 'Rules of validation are documented', 'doc:docs/guides/security.md#what-comes-in', 'openApiWhole'),
    met('2.1.2', 'Rules across fields are documented', 'doc:docs/guides/security.md#what-comes-in'),
    met('2.1.3', 'Limits of business logic are documented', 'doc:docs/guides/security.md#limits', 'openApiLimits'),
    met('2.2.1', 'Positive validation of all input', 'strictBodies', 'apiFuzz', 'openApiUnknownFields'),
    met('2.2.2', 'Validation by the server', 'apiFuzz', 'strictBodies'),
    met('2.2.3', 'Combinations of fields make sense', 'snoozeFuture', 'organizationTimeZone', 'contactRefused'),
    met('2.3.1', 'Steps in their order', 'signUpByLink', 'challengeTime', 'draftOutdated', 'totpConfirmed'),
    met('2.3.2', 'Limits of business logic hold', 'draftsPerHour', 'aiBudget', 'webhooksMost', 'invitationUses'),
    met('2.3.3', 'All of an operation or nothing', 'idempotencyCrash', 'eventsTransaction', 'securityLogWithChange'),
    met('2.3.4', 'Nothing is given twice', 'invitationOnce', 'approvalRace', 'lastOwner', 'idempotencyParallel'),
    met('2.4.1', 'Against automation', 'exactLimits', 'costCharged', 'bruteForce', 'shedLoad'),
  ],
}

export const frontend: Chapter = {
  number: 3,
  title: 'Web frontend',
  requirements: [
    met('3.2.1', 'Answers are shown in their context only', 'filesAsDownloads', 'securityHeaders', 'frameAlone'),
    met('3.2.2', 'Text is shown as text', 'htmlInChromium', 'splitLinks'),
    met('3.3.1', 'Cookies are Secure', 'cookieAttributes'),
    met('3.3.2', 'SameSite by purpose', 'cookieAttributes', 'crossSite'),
    met('3.3.3', 'Cookies have the __Host- prefix', 'cookieAttributes'),
    met('3.3.4', 'HttpOnly, and the value in Set-Cookie only', 'signUpCookies', 'cookieAttributes'),
    met('3.4.1', 'HSTS for a year, with subdomains', 'hsts'),
    met('3.4.2', 'CORS for listed origins only', 'corsAbsent', 'crossSite'),
    met('3.4.3', 'Content-Security-Policy', 'pagePolicy', 'securityHeaders', 'policyReports'),
    met('3.4.4', 'nosniff', 'securityHeaders', 'pagePolicy'),
    met('3.4.5', 'Referrer-Policy', 'securityHeaders'),
    met('3.4.6', 'frame-ancestors', 'securityHeaders'),
    met('3.5.1', 'Requests of other sites are refused', 'crossSite', 'crossSiteKinds'),
    met('3.5.2', 'Nothing works without a preflight', 'crossSite'),
    met('3.5.3', 'Safe methods change nothing', 'safeMethods', 'methodOverride'),
    notApplicable('3.5.4', 'Separate applications on separate hosts', 'One application; mails of others are shown in a frame with an opaque origin.'),
    met('3.5.5', 'postMessage', 'frameAlone'),
    met('3.7.1', 'Supported client technologies only', 'pagePolicy'),
    met('3.7.2', 'Redirects to other hosts', 'ssoNoOtherSite', 'ssoMixUp'),
  ],
}

export const api: Chapter = {
  number: 4,
  title: 'API and web service',
  requirements: [
    met('4.1.1', 'Content-Type with its charset', 'contentTypes'),
    met('4.1.2', 'Only pages redirect to HTTPS', 'pagesRedirected', 'tlsOnly'),
    met('4.1.3', 'Headers of proxies cannot be set by users', 'clientAddress', 'addressSpoof', 'forwardedHeaders'),
    met('4.2.1', 'Boundaries of messages: smuggling', 'smuggling', 'transferCoding'),
    notApplicable('4.3.1', 'GraphQL', 'There is no GraphQL.'),
    notApplicable('4.3.2', 'GraphQL introspection', 'There is no GraphQL.'),
    met('4.4.1', 'WebSocket over TLS', 'overTls', 'doorEncrypted'),
    met('4.4.2', 'Origin of sockets', 'socketOrigins', 'admitUpgrade'),
    met('4.4.3', 'Tokens of sockets', 'ticketOnce', 'ticketRefused', 'socketCredentialInAddress'),
    met('4.4.4', 'Tokens of sockets come from the session', 'ticketNeedsPerson', 'ticketsOfEnded'),
  ],
}

export const files: Chapter = {
  number: 5,
  title: 'Files',
  requirements: [
    met('5.1.1', 'Kinds and sizes of files are documented', 'doc:docs/guides/security.md#files'),
    met('5.2.1', 'Sizes that can be handled', 'mailSize', 'bodySize', 'workerKilled'),
    met('5.2.2', 'Content fits its type', 'typesByBytes', 'typesOfNothing', 'fileTypes', 'attachmentNames', 'remoteImageType'),
    notApplicable('5.2.3', 'Archives', 'Nothing is unpacked.'),
    met('5.3.1', 'Files are not run by the server', 'filesAsDownloads', 'staticFolder'),
    met('5.3.2', 'Paths are not made of names that users send', 'attachmentNames', 'staticFolder'),
    met('5.4.1', 'File names in answers', 'filesAsDownloads'),
    met('5.4.2', 'File names are encoded', 'attachmentNames', 'filesAsDownloads'),
    met('5.4.3', 'Antivirus', 'scannedFiles', 'scannedWait', 'scannedMail', 'scannedImport', 'scannerAway', 'doc:docs/guides/security.md#malware'),
  ],
}
