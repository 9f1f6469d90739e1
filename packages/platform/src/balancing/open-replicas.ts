import type { Logger } from 'pino'
import { circuitOf } from '../resilience/circuits.ts'
import type { RetryBudget } from '../resilience/retry-budget.ts'
import { addressesOf, systemLookup, type Addresses, type Lookup } from './addresses-of.ts'
import { chooseReplica } from './choose-replica.ts'
import { openReplica, type Replica } from './replica.ts'

/** The replicas of one service: those of its URLs, and every address behind the name of each. */
export interface Replicas {
  /** Whom to ask; null where all were tried, or none is known. */
  choose(tried: ReadonlySet<Replica>): Promise<Replica | null>
  /** Bounds how many requests of the service are sent a second time. */
  readonly repeats: RetryBudget
  close(): Promise<void>
}

interface Source {
  readonly base: URL
  readonly addresses: Addresses
}

export function openReplicas(service: string, urls: readonly string[], log: Logger, lookup: Lookup = systemLookup): Replicas {
  const sources: readonly Source[] = urls.map((url) => ({ base: new URL(url), addresses: addressesOf(new URL(url).hostname, log, lookup) }))
  const open = new Map<string, Replica>()

  /** Opens what is new, and lets go of what no name points to any more. */
  const current = async (): Promise<Replica[]> => {
    const wanted = (await Promise.all(sources.map(async ({ base, addresses }) => (await addresses.current()).map((address) => ({ base, address }))))).flat()
    const keys = new Set(wanted.map(keyOf))
    for (const [key, replica] of open) {
      if (keys.has(key)) continue
      open.delete(key)
      replica.close().catch((error: unknown) => log.debug({ err: error }, 'a replica was not closed in order'))
    }
    return wanted.map((each) => {
      const key = keyOf(each)
      const replica = open.get(key) ?? openReplica(service, each.base, each.address, log)
      open.set(key, replica)
      return replica
    })
  }
  return {
    choose: async (tried) => chooseReplica(await current(), tried),
    repeats: circuitOf(service).budget,
    async close() {
      await Promise.all([...open.values()].map((replica) => replica.close()))
    },
  }
}

const keyOf = ({ base, address }: { base: URL; address: string }): string => `${base.protocol}//${address}:${base.port}`
