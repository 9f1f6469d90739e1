import { expect, it } from 'vitest'
import type { DealState, Step } from './fold-deal.ts'
import { toldFact } from './told-fact.ts'

const [then, later] = [new Date('2026-01-01T00:00:00.000Z'), '2026-02-01T00:00:00.000Z']
const place = { stageId: 'new', pipelineId: crypto.randomUUID(), stageKind: 'open', enteredAt: then, decidedAt: null, sequence: 1 } as const
const worth = { amountMinor: 100, currency: 'EUR', expectedCloseOn: '2026-03-01' }
const deal: DealState = { id: crypto.randomUUID(), ...place, ...worth, ownerId: null, isDeleted: false, version: 1 }
const step = (part: Partial<DealState>, rest: Omit<Step, 'deal'> = {}): Step => ({ deal: { ...deal, version: 2, ...part }, ...rest })
const told = (before: DealState | null, next: Step) => toldFact(before, next, { occurredAt: later })

it('tells what a deal is worth from when it stands somewhere, and only what changed from then on', () => {
  expect(told(null, step({}, { begun: { ...place, enteredBy: { type: 'system', id: null } } }))).toMatchObject({ ...worth, since: then, version: 2 })
  expect(told(deal, step({ ownerId: crypto.randomUUID() }))).toBeNull()
  for (const part of [{ amountMinor: 200 }, { amountMinor: null }, { currency: 'USD' }, { expectedCloseOn: null }])
    expect(told(deal, step(part))).toEqual({ dealId: deal.id, version: 2, since: new Date(later), ...worth, ...part })
})

it('tells of a deal that nothing was heard of before, though nobody said what it is worth', () => {
  const nothing = { amountMinor: null, currency: null, expectedCloseOn: null }
  const begun = { ...place, enteredBy: { type: 'system', id: null } as const }
  const missed = { ...begun, enteredAt: new Date('2025-12-01T00:00:00.000Z'), sequence: 0 }
  expect(told(null, step(nothing, { begun, missed }))).toMatchObject({ ...nothing, since: missed.enteredAt })
})
