// Generated from services/websocket/migrations by `node tools/generate-tables.ts websocket`: change those.
import type { Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  liveSequence: {
    organizationId: Defaulted<string>
    lastSequence: number
  }
  liveUpdate: {
    organizationId: Defaulted<string>
    sequence: number
    eventId: string
    type: string
    aggregateType: string
    aggregateId: string
    actor: Json<unknown>
    occurredAt: Instant
    refs: Json<unknown>
    numberedAt: Defaulted<Instant>
  }
}
