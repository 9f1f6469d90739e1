import { z } from 'zod'
import { EgressError, toEgressError } from './egress-error.ts'
import type { EgressAnswer, EgressRequest } from './egress-request.ts'
import { resolvePublicName, resolveSystemName, type Resolve } from './egress-resolver.ts'
import { readTarget, type Target, type TargetRules } from './egress-target.ts'
import { followRedirects } from './follow-redirects.ts'
import { isPublicAddress } from './public-address.ts'

const TOTAL_TIMEOUT_MS = 10_000
const PORTS = new Set([80, 443])

/** Spread into the configuration of a service that calls addresses which users give. */
export const egressVariables = {
  EGRESS_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((item) => item.trim().toLowerCase())
        .filter((item) => item !== ''),
    )
    .describe('Hosts (name, or name:port; commas between) that users may have called although they are not on the open internet. For an intranet of yours.'),
}

export interface EgressOptions {
  /** `EGRESS_ALLOWED_HOSTS`. */
  readonly allowedHosts?: readonly string[]
  /** What the outside looks like; tests put theirs here. */
  readonly network?: { readonly resolve?: Resolve; readonly isPublic?: (address: string) => boolean; readonly ports?: ReadonlySet<number> }
}

/** The only way to addresses that users give (contract 29). */
export interface Egress {
  /** What can be said about an address before it is called: null, or why it never will be. */
  refusalOf(url: string): EgressError | null
  /** Whether the operator vouched for the host: then plain http and inside addresses are meant. */
  isAllowedHost(url: string): boolean
  /** Throws EgressError; or, when the request's own signal aborts, its reason. */
  fetch(request: EgressRequest): Promise<EgressAnswer>
}

/** No pool, no cookies, no proxy: each hop is a connection of its own, and nothing of another call is in it. */
export function createEgress({ allowedHosts = [], network = {} }: EgressOptions = {}): Egress {
  const rules: TargetRules = {
    allowedHosts: new Set(allowedHosts),
    ports: network.ports ?? PORTS,
    isPublic: network.isPublic ?? isPublicAddress,
    resolveOutside: network.resolve ?? resolvePublicName,
    resolveAllowed: network.resolve ?? resolveSystemName,
  }
  const look = (url: string): Target | EgressError => {
    try {
      return readTarget(url, rules)
    } catch (error) {
      return toEgressError(error)
    }
  }
  return {
    refusalOf(url) {
      const found = look(url)
      return found instanceof EgressError ? found : null
    },
    isAllowedHost(url) {
      const found = look(url)
      return !(found instanceof EgressError) && found.isAllowed
    },
    async fetch(request) {
      const timeout = AbortSignal.timeout(Math.min(request.totalTimeoutMs ?? TOTAL_TIMEOUT_MS, TOTAL_TIMEOUT_MS))
      const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout
      try {
        return await followRedirects(request, rules, signal)
      } catch (error) {
        request.signal?.throwIfAborted()
        throw timeout.aborted ? new EgressError('timeout', 'It did not answer in time.', error) : toEgressError(error)
      }
    },
  }
}
