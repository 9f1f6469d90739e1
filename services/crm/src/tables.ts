// Generated from services/crm/migrations by `node tools/generate-tables.ts crm`: change those.
import type { Actor } from '@ai-crm/contracts'
import type { Computed, Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  contact: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    email: string | null
    phone: string | null
    company: string | null
    position: string | null
    note: string | null
    source: 'manual' | 'message'
    lastActivityAt: Defaulted<Instant>
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    sortName: Computed<string>
    ownerId: string | null
  }
  conversationContact: {
    organizationId: Defaulted<string>
    conversationId: string
    contactId: string | null
    assigneeId: string | null
  }
  timelineEntry: {
    organizationId: Defaulted<string>
    id: string
    contactId: string | null
    conversationId: string | null
    type: string
    occurredAt: Instant
    actor: Json<Actor>
    excerpt: string | null
    data: Json<Record<string, unknown>>
  }
  teamMember: {
    organizationId: Defaulted<string>
    teamId: string
    userId: string
  }
}
