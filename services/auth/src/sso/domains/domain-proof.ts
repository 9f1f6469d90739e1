import { Resolver } from 'node:dns/promises'
import type { Ctx } from '../../ctx.ts'

/** Below the domain, so that it stands beside nothing else: `_ai-crm-challenge.example.com`. */
export const recordName = (domain: string): string => `_ai-crm-challenge.${domain}`
export const recordValue = (challenge: string): string => `ai-crm-domain-verification=${challenge}`

/** `isAnswered`: false where no name server could say, which is no answer about the domain. */
export interface Texts {
  readonly isAnswered: boolean
  /** Joined as they were cut for the wire (RFC 1035 3.3.14). */
  readonly texts: readonly string[]
}
export type LookUp = (name: string) => Promise<Texts>

const TIMEOUT_MS = 2_000
const TRIES = 2
const MOST = 100

/** There is no such name, or it has no such record: the domain's own servers have said so. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA'])
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** The TXT records of a name, by the name servers of the configuration, or of the machine; no cache of ours. */
export function lookUpTexts({ config, signal, log }: Pick<Ctx, 'config' | 'signal' | 'log'>): LookUp {
  return async (name) => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
    if (config.DNS_SERVERS.length > 0) resolver.setServers(config.DNS_SERVERS)
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return { isAnswered: true, texts: (await resolver.resolveTxt(name)).slice(0, MOST).map((parts) => parts.join('')) }
    } catch (error) {
      log.info({ err: error }, 'a domain has no record to prove it')
      return { isAnswered: NOTHING_THERE.has(codeOf(error)), texts: [] }
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
}
