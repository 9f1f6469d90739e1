import { Resolver } from 'node:dns/promises'
import type { Ctx } from '../../ctx.ts'

/** Below the domain, so that it stands beside nothing else: `_ai-crm-challenge.example.com`. */
export const recordName = (domain: string): string => `_ai-crm-challenge.${domain}`
export const recordValue = (challenge: string): string => `ai-crm-domain-verification=${challenge}`

/** Where a domain is proven: the texts at a name, joined as they were cut for the wire (RFC 1035 3.3.14). */
export type TextRecords = (name: string) => Promise<readonly string[]>

const TIMEOUT_MS = 2_000
const TRIES = 2
const MOST = 100

/** The name servers of the configuration, or of the machine; no cache of ours. A name without records is an empty answer. */
export function textRecordsOf({ config, signal, log }: Pick<Ctx, 'config' | 'signal' | 'log'>): TextRecords {
  return async (name) => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
    if (config.DNS_SERVERS.length > 0) resolver.setServers(config.DNS_SERVERS)
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return (await resolver.resolveTxt(name)).slice(0, MOST).map((parts) => parts.join(''))
    } catch (error) {
      log.info({ err: error }, 'a domain has no record to prove it')
      return []
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}
