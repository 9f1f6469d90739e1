import { startDnsServer, type DnsServer } from '@ai-crm/testing/fakes/dns-server'
import { afterAll, beforeAll } from 'vitest'
import { ssoOnScreen } from './journeys/sso-on-screen.ts'
import { inBothWays } from './ways.ts'

let dns: DnsServer
beforeAll(async () => {
  dns = await startDnsServer()
})
afterAll(() => dns?.close())

inBothWays(
  'single sign-on',
  (system) => ssoOnScreen(system, () => dns),
  () => ({ EGRESS_ALLOWED_HOSTS: '127.0.0.1', DNS_SERVERS: dns.address }),
)
