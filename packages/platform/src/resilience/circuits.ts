import { LRUCache } from 'lru-cache'
import { breakerTransitions, gauge } from '../telemetry/metrics.ts'
import { createBreaker, type Breaker, type BreakerOptions, type BreakerState } from './breaker.ts'
import { createRetryBudget, type RetryBudget } from './retry-budget.ts'

const MAX_CIRCUITS = 10_000
const STATES: readonly BreakerState[] = ['closed', 'open', 'half-open']

/** What this process knows of one (dependency, credential): whoever calls it shares the breaker and the repeats. */
export interface Circuit {
  readonly dependency: string
  readonly breaker: Breaker
  readonly budget: RetryBudget
}

const circuits = new LRUCache<string, Circuit>({ max: MAX_CIRCUITS })

/**
 * The circuit of a dependency and whose account it is asked with: a tenant, or one replica of several. `options` count
 * for the first who asks. The name is a label of metrics, the credential never is.
 */
export function circuitOf(dependency: string, credential = '', options: Omit<BreakerOptions, 'now'> = {}): Circuit {
  const key = JSON.stringify([dependency, credential])
  const known = circuits.get(key)
  if (known) return known
  const onEnter = (state: BreakerState) => {
    breakerTransitions.inc({ dependency, state })
    options.onEnter?.(state)
  }
  const circuit: Circuit = { dependency, breaker: createBreaker({ ...options, onEnter }), budget: createRetryBudget() }
  circuits.set(key, circuit)
  return circuit
}

/** Everything that this process knows of others: between test files that share one, of which each has others by the same names. */
export const forgetCircuits = (): void => circuits.clear()

/** A replica has gone for good: another one at its address begins afresh. */
export const forgetCircuit = (dependency: string, credential: string): void => void circuits.delete(JSON.stringify([dependency, credential]))

gauge(
  'breakers',
  'Circuit breakers by dependency and the state that they are in; several per dependency, one for each credential or replica',
  ['dependency', 'state'],
  async () => {
    const all = [...circuits.values()]
    return [...new Set(all.map(({ dependency }) => dependency))].flatMap((dependency) =>
      STATES.map((state) => ({
        labels: { dependency, state },
        value: all.filter((circuit) => circuit.dependency === dependency && circuit.breaker.state === state).length,
      })),
    )
  },
)
