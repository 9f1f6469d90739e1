import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { refusalOf } from './admit-upgrade.ts'

function upgrade(headers: Record<string, string>, url = '/live/?EIO=4&transport=websocket') {
  return Object.assign(new IncomingMessage(new Socket()), { headers: { host: 'crm.example.org', ...headers }, url })
}
const refusal = (headers: Record<string, string>, url?: string) => refusalOf(upgrade(headers, url), ['https://app.example.com'])

it.each(['https://crm.example.org', 'https://app.example.com'])('lets %s in', (origin) => {
  expect(refusal({ origin })).toBeNull()
})

it('lets clients in that are no browsers, and pages that reach us through the gateway', () => {
  expect(refusal({})).toBeNull()
  expect(refusal({ origin: 'https://public.example.org', 'x-forwarded-host': 'public.example.org' })).toBeNull()
})

it.each([
  'null',
  'https://evil-crm.example.org',
  'https://crm.example.org.evil.tld',
  'https://crm.example.org:444',
  'https://evil-app.example.com',
  'http://app.example.com',
  'https://crm.example.org@evil.tld',
  'file:///',
  '',
])('refuses origin %j', (origin) => {
  expect(refusal({ origin })).not.toBeNull()
})

it.each(['ticket', 'token', 'access_token'])('refuses a credential in the address: %s', (name) => {
  expect(refusal({}, `/live/?EIO=4&transport=websocket&${name}=abc`)).not.toBeNull()
})
