import { expect, it } from 'vitest'
import { outcomeOfError } from './send-outcome.ts'

it.each([
  ['no connection', { message: 'connect ECONNREFUSED', code: 'ESOCKET' }, false, 'deferred'],
  ['greylisting', { message: '450 later', code: 'EENVELOPE', responseCode: 450 }, false, 'deferred'],
  ['shutting down', { message: '421 bye', responseCode: 421 }, true, 'deferred'],
  ['a relay without STARTTLS', { message: 'Error upgrading', code: 'ETLS', responseCode: 502 }, false, 'deferred'],
  ['a certificate that is not good', { message: 'self-signed certificate', code: 'ESOCKET' }, false, 'deferred'],
  ['unknown user', { message: '550 who?', code: 'EENVELOPE', responseCode: 550 }, false, 'refused'],
  ['spam', { message: '554 no', code: 'EMESSAGE', responseCode: 554 }, true, 'refused'],
  ['an address that cannot be one', { message: 'Invalid recipient', code: 'EENVELOPE' }, false, 'refused'],
  ['a refused login', { message: '535 no', code: 'EAUTH', responseCode: 535 }, false, 'locked-out'],
  ['a login that cannot be made', { message: 'Missing credentials', code: 'EAUTH' }, false, 'locked-out'],
  ['a connection lost before the dot', { message: 'closed', code: 'ECONNECTION' }, false, 'deferred'],
  ['a connection lost after the dot', { message: 'closed', code: 'ECONNECTION' }, true, 'unknown'],
  ['silence after the dot', { message: 'Timeout', code: 'ETIMEDOUT' }, true, 'unknown'],
  ['nonsense after the dot', { message: 'Unexpected Response', code: 'EPROTOCOL' }, true, 'unknown'],
] as const)('C7: %s', (_what, error, mayHaveDotLeft, kind) => {
  expect(outcomeOfError(error, mayHaveDotLeft).kind).toBe(kind)
})
