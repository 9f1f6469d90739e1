import { isIP } from 'node:net'
import { EgressError } from './egress-error.ts'
import type { Resolve } from './egress-resolver.ts'

const MAX_URL_LENGTH = 2_048

export interface Target {
  readonly url: URL
  /** Without the brackets of IPv6, as a resolver wants it. */
  readonly host: string
  /** The operator named it (EGRESS_ALLOWED_HOSTS): any address and port will do. */
  readonly isAllowed: boolean
}

export interface TargetRules {
  /** `host` or `host:port`, lower case. */
  readonly allowedHosts: ReadonlySet<string>
  readonly ports: ReadonlySet<number>
  isPublic(address: string): boolean
  readonly resolveOutside: Resolve
  /** For the hosts that the operator named. */
  readonly resolveAllowed: Resolve
}

/** Everything about an address that can be said without a resolver. Throws EgressError `url` or `address`. */
export function readTarget(text: string, rules: TargetRules): Target {
  const url = text.length <= MAX_URL_LENGTH ? URL.parse(text) : null
  if (!url) throw new EgressError('url', 'That is not a web address.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new EgressError('url', 'Only http and https addresses are called.')
  if (url.username !== '' || url.password !== '') throw new EgressError('url', 'The address must not contain a name or a password.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host === '') throw new EgressError('url', 'That is not a web address.')
  const port = portOf(url)
  const isAllowed = rules.allowedHosts.has(url.hostname) || rules.allowedHosts.has(`${url.hostname}:${port}`)
  if (isAllowed) return { url, host, isAllowed }
  if (!rules.ports.has(port)) throw new EgressError('url', 'Only the ports 80 and 443 are called.')
  if (isIP(host) !== 0 && !rules.isPublic(host)) throw notPublic()
  return { url, host, isAllowed }
}

/** The addresses of a target, each of them fit to be called: one that is not refuses them all. Throws EgressError. */
export async function addressesOf({ host, isAllowed }: Target, rules: TargetRules, signal: AbortSignal): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const addresses = await untilAborted(signal, (isAllowed ? rules.resolveAllowed : rules.resolveOutside)(host, signal))
  if (addresses.length === 0) throw new EgressError('name', 'The name in the address does not exist.')
  if (!isAllowed && !addresses.every((address) => rules.isPublic(address))) throw notPublic()
  return addresses
}

export const notPublic = (): EgressError => new EgressError('address', 'The address is not on the open internet.')

const portOf = (url: URL): number => (url.port !== '' ? Number(url.port) : url.protocol === 'https:' ? 443 : 80)

async function untilAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  signal.throwIfAborted()
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
