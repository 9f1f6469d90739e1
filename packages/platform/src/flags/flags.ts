import { definitionOf, type FlagKey } from '@ai-crm/contracts'
import { NOOP_PROVIDER, OpenFeature } from '@openfeature/server-sdk'
import type { Stoppable } from '../adapters.ts'
import { createFlagProvider } from './flag-provider.ts'
import type { FlagStore } from './flag-store.ts'

/** Flags as one unit of work sees them: a request, a job, an event. */
export interface Flags {
  /** The same answer for as long as the unit of work lasts. */
  isOn(flag: FlagKey): Promise<boolean>
  /** Asked anew, right before an effect that took long to prepare: a kill switch also stops what is under way. */
  isStillOn(flag: FlagKey): Promise<boolean>
  /** Counts changes, as far as this process has heard of them. */
  readonly version: number
  /** The same, of what the operator decided for everybody only. */
  readonly settingsVersion: number
  /** Tells all processes to ask for flags now. After the commit of a change; who misses it asks within seconds anyway. */
  announceChange(): void
}

/** Flags as one process has them. */
export interface ProcessFlags extends Stoppable {
  of(organizationId: string | null): Flags
  /** Off for everybody, so that there is no need to ask for each organisation. */
  isKilled(flag: FlagKey): boolean
  /** Calls after every change; the answer ends it. */
  onChange(listener: () => void): () => void
}

/** Everything is evaluated through OpenFeature, in a domain of this process. */
export async function createFlags(store: FlagStore): Promise<ProcessFlags> {
  const domain = `ai-crm-${crypto.randomUUID()}`
  await OpenFeature.setProviderAndWait(
    domain,
    createFlagProvider(() => store.known),
  )
  const client = OpenFeature.getClient(domain)
  return {
    of(organizationId) {
      const evaluate = (flag: FlagKey) =>
        client.getBooleanValue(flag, definitionOf(flag).default, organizationId === null ? {} : { targetingKey: organizationId })
      const answers = new Map<FlagKey, Promise<boolean>>()
      return {
        isOn(flag) {
          const answer = answers.get(flag) ?? evaluate(flag)
          answers.set(flag, answer)
          return answer
        },
        isStillOn: evaluate,
        get version() {
          return store.known.version
        },
        get settingsVersion() {
          return store.known.settingsVersion
        },
        announceChange: () => store.announce(),
      }
    },
    isKilled: (flag) => store.known.settings.get(flag)?.isKilled === true,
    onChange: (listener) => store.onChange(listener),
    async stop() {
      await store.stop()
      await OpenFeature.setProviderAndWait(domain, NOOP_PROVIDER)
    },
  }
}
