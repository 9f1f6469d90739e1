import { lookup, Resolver } from 'node:dns/promises'

/** All addresses of a name; empty when it has none. Stops at the signal. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly string[]>

/**
 * Asks the name servers only: no hosts file, no search domains, so that names of the inside do not exist here. And
 * not by getaddrinfo, whose threads a slow name server of a stranger would hold.
 */
export const resolvePublicName: Resolve = async (host, signal) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** As the machine resolves names: for hosts that the operator named. */
export const resolveSystemName: Resolve = async (host) => {
  const answers = await lookup(host, { all: true }).catch(() => [])
  return answers.map(({ address }) => address)
}
