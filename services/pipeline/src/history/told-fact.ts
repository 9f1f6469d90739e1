import type { DealEvent, DealFacts, DealState, Step } from './fold-deal.ts'

export interface DealFact extends Pick<DealFacts, 'amountMinor' | 'currency' | 'expectedCloseOn'> {
  readonly dealId: string
  readonly version: number
  readonly since: Date
}

/** What a step tells anew of a deal's worth and its day; null: nothing. */
export function toldFact(before: DealState | null, { deal, missed, begun }: Step, { occurredAt }: Pick<DealEvent, 'occurredAt'>): DealFact | null {
  const { id: dealId, version, amountMinor, currency, expectedCloseOn } = deal
  const isSame = before?.amountMinor === amountMinor && before.currency === currency && before.expectedCloseOn === expectedCloseOn
  if (isSame) return null
  // A deal is worth something from when it stands somewhere.
  const since = (missed ?? begun)?.enteredAt ?? new Date(occurredAt)
  return { dealId, version, since, amountMinor, currency, expectedCloseOn }
}
