import type { ForecastChangeKind, ForecastDeal, ForecastDealChange } from '@ai-crm/contracts'

/** Where a deal stands that does, or does not, count in the forecast; null: nowhere. */
export interface Standing {
  readonly pipelineId: string
  readonly stageKind: string
}

interface Counted extends ForecastDeal {
  readonly stageKind: string
}

export interface ChangedRow {
  readonly dealId: string
  readonly before: Counted | null
  readonly now: Counted | null
  readonly stoodThen: Standing | null
  readonly standsNow: Standing | null
  readonly differenceMinor: number
}

/** Why a deal counts otherwise, the most telling first. */
export function kindsOf({ before, now, stoodThen, standsNow }: Omit<ChangedRow, 'dealId' | 'differenceMinor'>, pipelineId: string): ForecastChangeKind[] {
  if (!before) return [arrived(now, stoodThen, pipelineId)]
  if (!now) return [left(standsNow, pipelineId)]
  const differs: (ForecastChangeKind | false)[] = [
    before.stageKind !== now.stageKind ? (now.stageKind === 'won' ? 'won' : 'reopened') : before.stage !== now.stage && 'stage',
    before.stageKind === now.stageKind && before.part !== now.part && 'month',
    (before.amountMinor !== now.amountMinor || before.currency !== now.currency) && 'amount',
  ]
  return differs.filter((kind) => kind !== false)
}

/** It stood here already without an amount, it had been lost here, or it is new. */
function arrived(now: Counted | null, stoodThen: Standing | null, pipelineId: string): ForecastChangeKind {
  if (now?.stageKind === 'won') return 'won'
  if (stoodThen?.pipelineId !== pipelineId) return 'new'
  return stoodThen.stageKind === 'open' ? 'amount' : 'reopened'
}

function left(standsNow: Standing | null, pipelineId: string): ForecastChangeKind {
  if (standsNow?.pipelineId !== pipelineId) return 'gone'
  return standsNow.stageKind === 'lost' ? 'lost' : 'amount'
}

export const toChange = (row: ChangedRow, pipelineId: string): ForecastDealChange => ({
  dealId: row.dealId,
  kinds: kindsOf(row, pipelineId),
  before: row.before && shown(row.before),
  now: row.now && shown(row.now),
  differenceMinor: Math.round(row.differenceMinor),
})

const shown = ({ stage, part, currency, amountMinor }: Counted): ForecastDeal => ({ stage, part, currency, amountMinor })
