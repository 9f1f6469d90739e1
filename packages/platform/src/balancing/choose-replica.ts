/** What is balanced: anything with a score (lower is less busy) that may be passed over. */
export interface Candidate {
  readonly isEligible: boolean
  readonly score: number
}

/**
 * Power of two choices: of two at random the one that is less busy. Near the best of all without the herd that always
 * asking the best one makes. Those that are passed over are asked only when nobody else is left.
 */
export function chooseReplica<Replica extends Candidate>(
  replicas: readonly Replica[],
  tried: ReadonlySet<Replica>,
  random: () => number = Math.random,
): Replica | null {
  const untried = replicas.filter((replica) => !tried.has(replica))
  const eligible = untried.filter(({ isEligible }) => isEligible)
  const pool = eligible.length > 0 ? eligible : untried
  const first = Math.floor(random() * pool.length)
  // A distinct second one.
  const second = pool.length > 1 ? (first + 1 + Math.floor(random() * (pool.length - 1))) % pool.length : first
  const [one, other] = [pool[first], pool[second]]
  if (!one || !other) return null
  return other.score < one.score ? other : one
}
