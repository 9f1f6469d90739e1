import { allEvents, type Envelope, type EventDefinition } from '@ai-crm/contracts'
import type { Consumer } from '../service.ts'

/** Beyond this length a chain of causes is a loop. */
export const MAX_DEPTH = 16

export type Verdict =
  | { readonly kind: 'readable'; readonly envelope: Envelope }
  /** No attempt of ours will help: a dead letter, until somebody deploys what understands it and redrives. */
  | { readonly kind: 'unreadable'; readonly reason: string }

/** Knows the contracts: what an envelope must look like before a handler sees it. */
export class KnownEvents {
  readonly #definitions: ReadonlyMap<string, EventDefinition>

  constructor(consumers: readonly Consumer[]) {
    const definitions = [...allEvents, ...consumers.map((consumer) => consumer.event)]
    this.#definitions = new Map(definitions.map((definition) => [keyOf(definition), definition]))
  }

  has(envelope: Envelope): boolean {
    return this.#definitions.has(keyOf(envelope))
  }

  /** Parses the data by its contract. Unknown fields of a newer producer are dropped: changes are additive. */
  read(envelope: Envelope): Verdict {
    const definition = this.#definitions.get(keyOf(envelope))
    if (!definition) return { kind: 'unreadable', reason: `Unknown event ${keyOf(envelope)}` }
    if (envelope.depth > MAX_DEPTH) return { kind: 'unreadable', reason: `Chain of ${envelope.depth} causes: refused as a loop` }
    const data = definition.data.safeParse(envelope.data)
    if (!data.success) {
      const fields = data.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.code}`).join(', ')
      return { kind: 'unreadable', reason: `Data breaks the contract of ${keyOf(envelope)}: ${fields}`.slice(0, 500) }
    }
    return { kind: 'readable', envelope: { ...envelope, data: data.data } }
  }
}

export const keyOf = ({ type, version }: { type: string; version: number }): string => `${type} v${version}`
