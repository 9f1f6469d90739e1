import { startDnsServer, type DnsServer } from '@ai-crm/testing/fakes/dns-server'
import { ensureServers, type Servers } from '@ai-crm/testing/servers'
import { afterAll, beforeAll, describe } from 'vitest'
import { ssoOnScreen } from './journeys/sso-on-screen.ts'
import { startDistributedSystem, startEmbeddedSystem, type RunningSystem } from './system.ts'

describe.each(['embedded', 'distributed'] as const)('single sign-on, %s', (mode) => {
  let dns: DnsServer
  let servers: Servers | null = null
  let system: RunningSystem
  beforeAll(async () => {
    dns = await startDnsServer()
    const extra = { EGRESS_ALLOWED_HOSTS: '127.0.0.1', DNS_SERVERS: dns.address }
    if (mode === 'distributed') servers = await ensureServers((line) => console.log(line))
    system = servers ? await startDistributedSystem(servers, extra) : await startEmbeddedSystem(extra)
  })
  afterAll(async () => {
    await system?.stop()
    await servers?.stop()
    await dns?.close()
  })

  ssoOnScreen(
    () => system,
    () => dns,
  )
})
