// Generated from services/pipeline/migrations by `node tools/generate-tables.ts pipeline`: change those.
import type { StageRules } from '@ai-crm/contracts'
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
}
