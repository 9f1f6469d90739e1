import type { Actor, LiveUpdate } from '@ai-crm/contracts'
import type { ColumnType, Generated } from 'kysely'

/** jsonb: parsed when read, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>

export interface Tables {
  liveSequence: {
    organizationId: Generated<string>
    lastSequence: number
  }
  liveUpdate: {
    organizationId: Generated<string>
    sequence: number
    eventId: string
    type: string
    aggregateType: string
    aggregateId: string
    actor: Json<Actor>
    occurredAt: ColumnType<Date, Date | string, Date | string>
    refs: Json<LiveUpdate['refs']>
  }
}
