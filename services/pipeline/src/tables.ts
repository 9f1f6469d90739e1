// Generated from services/pipeline/migrations by `node tools/generate-tables.ts pipeline`: change those.
import type { Actor, HandOverPlan, StageRules } from '@ai-crm/contracts'
import type { Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  pipeline: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    position: number
    lostReasons: Defaulted<string[]>
    archivedAt: Instant | null
    version: Defaulted<number>
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    handOver: Defaulted<Json<HandOverPlan>>
  }
  stage: {
    organizationId: Defaulted<string>
    id: string
    pipelineId: string
    name: string
    kind: 'open' | 'won' | 'lost'
    position: number
    probability: number
    color: 'gray' | 'red' | 'orange' | 'yellow' | 'green' | 'teal' | 'blue' | 'purple' | 'pink'
    rottingDays: number | null
    rules: Json<StageRules>
    retiredInto: string | null
    retiredAt: Instant | null
  }
  deal: {
    organizationId: Defaulted<string>
    id: string
    stageId: string
    pipelineId: string
    stageKind: 'open' | 'won' | 'lost'
    enteredAt: Instant
    sequence: number
    amountMinor: number | null
    currency: string | null
    expectedCloseOn: string | null
    ownerId: string | null
    isDeleted: boolean
    version: number
    decidedAt: Instant | null
  }
  stay: {
    organizationId: Defaulted<string>
    dealId: string
    sequence: number
    stageId: string
    pipelineId: string
    stageKind: 'open' | 'won' | 'lost'
    enteredAt: Instant
    enteredBy: Json<Actor>
    leftAt: Instant | null
    outcome: 'advanced' | 'moved-back' | 'won' | 'lost' | 'handed-off' | 'deleted' | null
    leftBy: Json<Actor> | null
    amountMinor: number | null
    currency: string | null
    ownerId: string | null
    decidedAt: Instant | null
  }
  teamMember: {
    organizationId: Defaulted<string>
    teamId: string
    userId: string
  }
  rottingStay: {
    organizationId: Defaulted<string>
    dealId: string
    sequence: number
    toldAt: Defaulted<Instant>
  }
  rottingWatch: {
    organizationId: Defaulted<string>
    nextAt: Instant | null
  }
  currencySetting: {
    organizationId: Defaulted<string>
    currency: string | null
    version: Defaulted<number>
  }
  currencyRate: {
    organizationId: Defaulted<string>
    currency: string
    validFrom: string
    rate: string
  }
  forecastSnapshot: {
    organizationId: Defaulted<string>
    pipelineId: string
    takenOn: string
    part: string
    currency: string
    wonCount: number
    wonMinor: number
    openCount: number
    openMinor: number
    weightedMinor: number
    empiricalMinor: number
    takenAt: Instant | null
  }
  handOver: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    dealId: string
    sequence: number
    attempt: number
    pipelineId: string
    stageId: string
    state: 'waiting' | 'running' | 'done' | 'undone'
    reason: 'owner-left' | 'owner-without-access' | 'assignee-left' | 'deal-gone' | 'deal-reopened' | 'deal-deleted' | 'no-answer' | null
    decidedAt: Instant
    amountMinor: number | null
    currency: string | null
    ownerBeforeId: string | null
    ownerId: string | null
    taskCount: Defaulted<number>
    begunAt: Defaulted<Instant>
    endedAt: Instant | null
  }
  dealFact: {
    organizationId: Defaulted<string>
    dealId: string
    version: number
    since: Instant
    amountMinor: number | null
    currency: string | null
    expectedCloseOn: string | null
  }
}
