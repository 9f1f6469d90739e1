import { startDnsServer, type DnsServer } from '@ai-crm/testing/fakes/dns-server'
import { afterAll, beforeAll } from 'vitest'
import { accountOnScreen } from './journeys/account-on-screen.ts'
import { factorsOnScreen } from './journeys/factors-on-screen.ts'
import { ssoOnScreen } from './journeys/sso-on-screen.ts'
import { switchesOnScreen } from './journeys/switches-on-screen.ts'
import { webhooksOnScreen } from './journeys/webhooks-on-screen.ts'
import { inBothWays, type Journey } from './ways.ts'

let dns: DnsServer
beforeAll(async () => {
  dns = await startDnsServer()
})
afterAll(() => dns?.close())
const singleSignOn: Journey = (system) => ssoOnScreen(system, () => dns)

inBothWays('access', [accountOnScreen, factorsOnScreen, webhooksOnScreen, switchesOnScreen, singleSignOn], () => ({ DNS_SERVERS: dns.address }))
