import { startDnsServer, type DnsServer } from '@ai-crm/testing/fakes/dns-server'
import { afterAll, beforeAll } from 'vitest'

/** A name server for the systems of a file, which prove domains by it; called before they start. */
export function startNames(): { server: () => DnsServer; environment: () => Readonly<Record<string, string>> } {
  let dns: DnsServer
  beforeAll(async () => {
    dns = await startDnsServer()
  })
  afterAll(() => dns?.close())
  return { server: () => dns, environment: () => ({ DNS_SERVERS: dns.address }) }
}
