import type { SagaAnswer, SagaRequest } from '@ai-crm/contracts'
import type { z } from 'zod'
import type { Order } from './saga-state.ts'

/**
 * Work that spans services, as the service sees it that coordinates. Every step is an effect of another service, asked for
 * by an event and keyed (saga, step); what the coordinator itself does happens in the transaction that starts the saga, in
 * `whenDone`, or in `undo`.
 */
export interface SagaDefinition<Scope = never, Input = never> {
  /** `auth.provision-organization`; kept in rows: renaming it leaves open sagas behind. */
  readonly name: string
  readonly input: z.ZodType<Input>
  /** In the order in which they are asked for, and undone in reverse. */
  readonly steps: readonly string[]
  /** `in-turn`: each after the one before it is done. `together`: all at once. */
  readonly order: Order
  /** How long one step may take before everything is undone; null: for ever, there is no way back. */
  readonly stepTimeoutMs: (scope: Scope) => number | null
  readonly requested: SagaRequest
  /** The answers of everybody who takes part. */
  readonly answered: readonly SagaAnswer[]
  /** In the transaction that ends it. */
  readonly whenDone: (scope: Scope, input: Input) => Promise<void>
  /** In the transaction that ends it, after every step was undone; the coordinator's own part. */
  readonly undo: (scope: Scope, input: Input, reason: string) => Promise<void>
}

/** How long until an unanswered request is repeated: 2 s, 4 s, … a minute at most. */
export const RETRY_FIRST_MS = 2_000
export const RETRY_LONGEST_MS = 60_000
