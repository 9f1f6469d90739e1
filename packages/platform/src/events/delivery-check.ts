/** For tests: what a chaos run must satisfy, seen from outside. */
export interface Delivered {
  readonly aggregateId: string
  /** Position inside the aggregate: 1, 2, 3 … */
  readonly step: number
}

export interface DeliveryReport {
  readonly lost: readonly string[]
  /** First occurrences that came before an earlier event of their aggregate. */
  readonly outOfOrder: readonly string[]
  /** Allowed from a bus (at least once), forbidden after the inbox. */
  readonly repeats: number
}

/** Compares what was delivered, in the order of its effects, with what was published: `steps` events per aggregate. */
export function checkDeliveries(published: ReadonlyMap<string, number>, delivered: readonly Delivered[]): DeliveryReport {
  const reached = new Map<string, Set<number>>()
  const outOfOrder: string[] = []
  let repeats = 0
  for (const { aggregateId, step } of delivered) {
    const seen = reached.get(aggregateId) ?? new Set<number>()
    reached.set(aggregateId, seen)
    if (seen.has(step)) repeats += 1
    else if (step > 1 && !seen.has(step - 1)) outOfOrder.push(`${aggregateId}#${step}`)
    seen.add(step)
  }
  const lost = [...published].flatMap(([aggregateId, steps]) =>
    Array.from({ length: steps }, (_, index) => index + 1)
      .filter((step) => !reached.get(aggregateId)?.has(step))
      .map((step) => `${aggregateId}#${step}`),
  )
  return { lost, outOfOrder, repeats }
}
