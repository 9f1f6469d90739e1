import {
  FIRST_STAGES,
  type Actor,
  type dealCreated,
  type dealDeleted,
  type dealRestored,
  type dealStageChanged,
  type dealUpdated,
  type Envelope,
  type EventData,
  type StageKind,
  type StayOutcome,
} from '@ai-crm/contracts'

/**
 * The rules of stays, without a clock or a database. A deal that is not deleted has one open stay. Each event ends it, begins one, does
 * both, or changes what the deal is; one that is older than what is known changes nothing. Whoever folds all events of a deal gets what
 * whoever was told them one by one has.
 */
export type DealEvent =
  | (Envelope<EventData<typeof dealCreated>> & { readonly type: 'deal.created' })
  | (Envelope<EventData<typeof dealRestored>> & { readonly type: 'deal.restored' })
  | (Envelope<EventData<typeof dealUpdated>> & { readonly type: 'deal.updated' })
  | (Envelope<EventData<typeof dealStageChanged>> & { readonly type: 'deal.stage.changed' })
  | (Envelope<EventData<typeof dealDeleted>> & { readonly type: 'deal.deleted' })

interface Place {
  readonly stageId: string
  readonly pipelineId: string
  readonly stageKind: StageKind
  readonly enteredAt: Date
  /** When it came to be won or lost; null: it is open. */
  readonly decidedAt: Date | null
  readonly sequence: number
}

/** What a deal is worth, whose it is and when it is to close. */
export interface DealFacts {
  readonly amountMinor: number | null
  readonly currency: string | null
  readonly ownerId: string | null
  readonly expectedCloseOn: string | null
}

export interface DealState extends Place, DealFacts {
  readonly id: string
  readonly isDeleted: boolean
  readonly version: number
}

export interface BegunStay extends Place {
  readonly enteredBy: Actor
}

/** How a stay ended, with what the deal was then. */
export interface StayEnd extends Pick<DealFacts, 'amountMinor' | 'currency' | 'ownerId'> {
  readonly sequence: number
  readonly leftAt: Date
  readonly outcome: StayOutcome
  readonly leftBy: Actor
}

export interface Step {
  readonly deal: DealState
  /** Of one that was there before anything was heard of the deal; then it also ends. */
  readonly missed?: BegunStay
  readonly ended?: StayEnd
  readonly begun?: BegunStay
}

const UNKNOWN: DealFacts = { amountMinor: null, currency: null, ownerId: null, expectedCloseOn: null }

/** `firstPipelineId`: where deals stood before there were pipelines. Null where the event changes nothing. */
export function foldDeal(before: DealState | null, event: DealEvent, firstPipelineId: string): Step | null {
  if (before && event.aggregate.version <= before.version) return null
  switch (event.type) {
    case 'deal.created':
    case 'deal.restored':
      return before && !before.isDeleted ? null : begin(before, event, firstPipelineId)
    case 'deal.updated':
      // Of a deal that was not heard of before nobody knows yet where it stands.
      return before && { deal: { ...before, ...changed(before, event), version: event.aggregate.version } }
    case 'deal.stage.changed':
      return before?.isDeleted ? null : move(before, event, firstPipelineId)
    case 'deal.deleted':
      return !before || before.isDeleted
        ? null
        : { deal: { ...before, isDeleted: true, version: event.aggregate.version }, ended: endOf(before, event, new Date(event.occurredAt), 'deleted') }
  }
}

function begin(before: DealState | null, event: DealEvent & { readonly type: 'deal.created' | 'deal.restored' }, firstPipelineId: string): Step {
  const { dealId: id, stage, pipelineId = firstPipelineId, stageKind = kindOf(stage), stageEnteredAt, ...data } = event.data
  const enteredAt = new Date(stageEnteredAt ?? event.occurredAt)
  const place = {
    stageId: stage,
    pipelineId,
    stageKind,
    enteredAt,
    decidedAt: decidedAtOf({ stageKind, enteredAt }, before),
    sequence: event.aggregate.version,
  }
  const { amountMinor, currency, ownerId, expectedCloseOn } = data
  const deal = { id, ...place, amountMinor, currency, ownerId, expectedCloseOn, isDeleted: false, version: event.aggregate.version }
  return { deal, begun: { ...place, enteredBy: event.actor } }
}

function move(before: DealState | null, event: DealEvent & { readonly type: 'deal.stage.changed' }, firstPipelineId: string): Step {
  const { from, to, pipelineId = firstPipelineId, fromPipelineId = pipelineId, stayedMs, ...data } = event.data
  const { dealId: id, fromKind = kindOf(from), toKind = kindOf(to), stageEnteredAt = event.occurredAt } = data
  const enteredAt = new Date(stageEnteredAt)
  const earlier = before ?? missedPlace({ stageId: from, pipelineId: fromPipelineId, stageKind: fromKind }, enteredAt, stayedMs)
  const decidedAt = decidedAtOf({ stageKind: toKind, enteredAt }, earlier)
  const place = { stageId: to, pipelineId, stageKind: toKind, enteredAt, decidedAt, sequence: event.aggregate.version }
  const deal = { ...(before ?? UNKNOWN), id, ...place, isDeleted: false, version: event.aggregate.version }
  const begun = { ...place, enteredBy: event.actor }
  const outcome = outcomeOf(event)
  if (before) return { deal, ended: endOf(before, event, enteredAt, outcome), begun }
  if (!earlier) return { deal, begun }
  const missed = { ...earlier, enteredBy: { type: 'system', id: null } as const }
  return { deal, missed, ended: endOf({ ...UNKNOWN, ...earlier }, event, enteredAt, outcome), begun }
}

/** Where a deal stood before anything was heard of it; null: nobody said since when. */
function missedPlace(place: Pick<Place, 'stageId' | 'pipelineId' | 'stageKind'>, leftAt: Date, stayedMs: number | undefined): Place | null {
  if (stayedMs === undefined) return null
  const enteredAt = new Date(leftAt.getTime() - stayedMs)
  return { ...place, enteredAt, decidedAt: decidedAtOf({ ...place, enteredAt }, null), sequence: 0 }
}

/** A deal that only changes its stage for another of the kind, or was away, was decided when it was. */
function decidedAtOf({ stageKind, enteredAt }: Pick<Place, 'stageKind' | 'enteredAt'>, before: Pick<Place, 'stageKind' | 'decidedAt'> | null): Date | null {
  if (stageKind === 'open') return null
  return before?.stageKind === stageKind ? before.decidedAt : enteredAt
}

function endOf(before: Place & DealFacts, { actor }: DealEvent, at: Date, outcome: StayOutcome): StayEnd {
  const { sequence, amountMinor, currency, ownerId, enteredAt } = before
  // Processes whose clocks differ a little may have told of both.
  const leftAt = new Date(Math.max(at.getTime(), enteredAt.getTime()))
  return { sequence, leftAt, outcome, leftBy: actor, amountMinor, currency, ownerId }
}

export function outcomeOf({ data }: DealEvent & { readonly type: 'deal.stage.changed' }): StayOutcome {
  const { from, to, fromKind = kindOf(from), toKind = kindOf(to), pipelineId, fromPipelineId = pipelineId, reason, isBack = isBackAtFirst(from, to) } = data
  if (reason === 'retired' || (toKind !== 'open' && toKind === fromKind)) return 'handed-off'
  if (toKind !== 'open') return toKind
  if (pipelineId !== fromPipelineId) return 'handed-off'
  return isBack || fromKind !== 'open' ? 'moved-back' : 'advanced'
}

const firstOf = (stage: string): number => FIRST_STAGES.findIndex(({ id }) => id === stage)
/** Before there were pipelines all deals stood in these. */
const kindOf = (stage: string): StageKind => FIRST_STAGES[firstOf(stage)]?.kind ?? 'open'
const isBackAtFirst = (from: string, to: string): boolean => firstOf(to) < firstOf(from)

function changed(before: DealFacts, { data: { changes } }: DealEvent & { readonly type: 'deal.updated' }): DealFacts {
  const { amountMinor, currency, ownerId, expectedCloseOn } = changes
  return {
    amountMinor: amountMinor ? amountMinor.to : before.amountMinor,
    currency: currency ? currency.to : before.currency,
    ownerId: ownerId ? ownerId.to : before.ownerId,
    expectedCloseOn: expectedCloseOn ? expectedCloseOn.to : before.expectedCloseOn,
  }
}
