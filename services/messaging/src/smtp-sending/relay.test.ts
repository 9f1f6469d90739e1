import { expect, it } from 'vitest'
import { relayOf } from './relay.ts'

it.each([
  ['smtps://relay.example', undefined, { port: 465, tls: 'implicit' }],
  ['smtp://relay.example', undefined, { port: 587, tls: 'required' }],
  ['smtp://relay.example:25', 'if-offered', { port: 25, tls: 'if-offered' }],
  ['smtp://127.0.0.1.nip.io', undefined, { tls: 'required' }],
  ['smtp://localhost', undefined, { tls: 'if-offered' }],
  ['smtp://[::1]:1025', undefined, { host: '::1', tls: 'if-offered' }],
  ['smtp://127.0.0.1:1025', 'required', { tls: 'required' }],
  ['smtps://relay.example', 'if-offered', { tls: 'implicit' }],
] as const)('%s with SMTP_RELAY_TLS=%s', (SMTP_RELAY_URL, SMTP_RELAY_TLS, relay) => {
  expect(relayOf({ SMTP_RELAY_URL, SMTP_RELAY_TLS })).toMatchObject(relay)
})
