import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Logger } from 'pino'

/** All addresses of a host name, as the system resolves it (hosts file, DNS). */
export type Lookup = (host: string) => Promise<readonly string[]>

/** A headless service or a name with several A records is several replicas; the list is asked for again after this time. */
const FRESH_MS = 5_000

export const systemLookup: Lookup = async (host) => {
  const found = await lookup(host, { all: true })
  // The two families of one name are the same replicas.
  const family = found.some((each) => each.family === 4) ? 4 : 6
  return found.filter((each) => each.family === family).map(({ address }) => address)
}

export interface Addresses {
  /** Waits for the name only the first time; later it answers what is known and asks again beside. Empty while the name is unknown. */
  current(): Promise<readonly string[]>
}

export function addressesOf(host: string, log: Logger, ask: Lookup = systemLookup, now: () => number = () => performance.now()): Addresses {
  const literal = host.replace(/^\[|\]$/g, '')
  if (isIP(literal) !== 0) return { current: async () => [literal] }
  let known: readonly string[] = []
  let askedAtMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | null = null
  const refresh = async (): Promise<void> => {
    try {
      const found = await ask(host)
      if (found.length > 0) known = [...new Set(found)].toSorted()
    } catch (error) {
      // Where the name service is away, the replicas may well be there.
      log.warn({ host, err: error }, 'a host name was not resolved; its last addresses are used')
    }
  }
  return {
    async current() {
      if (!asking && now() - askedAtMs >= FRESH_MS) {
        askedAtMs = now()
        asking = refresh().finally(() => (asking = null))
      }
      if (known.length === 0) await asking
      return known
    },
  }
}
