import { expect, it } from 'vitest'
import { foldDeal, type DealEvent, type DealState } from './fold-deal.ts'

const [dealId, pipelineId] = [crypto.randomUUID(), crypto.randomUUID()]
const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`
const facts = {
  title: 'Deal',
  amountMinor: null,
  currency: null,
  lostReason: null,
  expectedCloseOn: null,
  companyId: null,
  contacts: [],
  ownerId: null,
  custom: {},
}
const heard = (version: number) => ({
  id: crypto.randomUUID(),
  version: 1,
  organizationId: crypto.randomUUID(),
  aggregate: { type: 'deal', id: dealId, version },
  actor: { type: 'system' as const, id: null },
  occurredAt: at(version),
  correlationId: crypto.randomUUID(),
  causationId: null,
  depth: 0,
  trace: null,
})
type Kind = 'open' | 'won' | 'lost'
const moved = (version: number, fromKind: Kind, toKind: Kind, stayedMs?: number): DealEvent => ({
  ...heard(version),
  type: 'deal.stage.changed',
  data: { dealId, from: `${fromKind}-${version}`, to: `${toKind}-${version + 1}`, fromKind, toKind, pipelineId, fromPipelineId: pipelineId, stayedMs },
})
const whole = (version: number, stageKind: Kind, type: 'deal.created' | 'deal.restored'): DealEvent => ({
  ...heard(version),
  type,
  data: { ...facts, dealId, pipelineId, stage: stageKind, stageKind },
})
const deleted = (version: number): DealEvent => ({ ...heard(version), type: 'deal.deleted', data: { dealId } })

it.each<[name: string, events: readonly DealEvent[], decidedAt: string | null]>([
  ['entered a won stage', [whole(1, 'open', 'deal.created'), moved(2, 'open', 'won')], at(2)],
  ['went on to another won stage', [whole(1, 'won', 'deal.created'), moved(2, 'won', 'won')], at(1)],
  ['was deleted and restored', [whole(1, 'won', 'deal.created'), deleted(2), whole(3, 'won', 'deal.restored')], at(1)],
  ['was lost after it was won', [whole(1, 'won', 'deal.created'), moved(2, 'won', 'lost')], at(2)],
  ['was opened again', [whole(1, 'won', 'deal.created'), moved(2, 'won', 'open')], null],
  ['was opened and won anew', [whole(1, 'won', 'deal.created'), moved(2, 'won', 'open'), moved(3, 'open', 'won')], at(3)],
  ['had been won before anything was heard of it', [moved(3, 'won', 'won', 86_400_000)], at(2)],
])('dates the decision of a deal that %s', (_name, events, decidedAt) => {
  let state: DealState | null = null
  for (const event of events) {
    const step = foldDeal(state, event, pipelineId)
    expect(step?.begun?.decidedAt ?? null).toEqual(step?.begun ? step.deal.decidedAt : null)
    state = step?.deal ?? state
  }
  expect(state?.decidedAt?.toISOString() ?? null).toBe(decidedAt)
})
