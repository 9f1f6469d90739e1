import type { DraftDiff, DraftSource } from '@ai-crm/contracts'
import type { ColumnType, Generated } from 'kysely'

/** jsonb: parsed when read, written as JSON text. */
type Json<Value> = ColumnType<Value, string | undefined, string>
type Instant = ColumnType<Date, Date | string, Date | string>

export interface Tables {
  conversation: {
    organizationId: Generated<string>
    id: string
    contactId: string | null
    subject: Generated<string>
    partyAddress: Generated<string>
    partyName: string | null
    newestInboundId: string | null
    newestInboundSequence: Generated<number>
    createdAt: Generated<Date>
  }
  conversationMessage: {
    organizationId: Generated<string>
    conversationId: string
    id: string
    sequence: number
    direction: 'inbound' | 'outbound'
    text: string
    language: string | null
    isAutoReply: Generated<boolean>
    occurredAt: Instant
  }
  contact: {
    organizationId: Generated<string>
    id: string
    name: string
    company: string | null
  }
  note: {
    organizationId: Generated<string>
    id: Generated<string>
    title: string
    body: string
    version: Generated<number>
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  notePassage: {
    organizationId: Generated<string>
    noteId: string
    position: number
    title: string
    body: string
    search: ColumnType<string, never, never>
  }
  aiSettings: {
    organizationId: Generated<string>
    id: Generated<string>
    organizationName: Generated<string>
    locale: Generated<'en' | 'ru'>
    isAutoDraftOn: Generated<boolean>
    tone: Generated<'neutral' | 'friendly' | 'formal'>
    instructions: Generated<string>
    version: Generated<number>
  }
  draftBudget: {
    organizationId: Generated<string>
    hour: Instant
    used: number
  }
  draft: {
    organizationId: Generated<string>
    id: Generated<string>
    conversationId: string
    contactId: string | null
    status: Generated<'generating' | 'waiting' | 'approved' | 'rejected' | 'outdated' | 'failed'>
    basedOnMessageId: string
    basedOnSequence: number
    outdatedByMessageId: string | null
    subject: Generated<string>
    body: Generated<string>
    language: Generated<string>
    provider: Generated<'local' | 'openai-compatible'>
    model: Generated<string>
    tone: 'neutral' | 'friendly' | 'formal'
    length: 'short' | 'normal' | 'long'
    sources: Json<DraftSource[]>
    reason: string | null
    diff: Json<DraftDiff | null>
    requestedBy: string | null
    decidedBy: string | null
    decidedAt: ColumnType<Date | null, Date | null, Date | null>
    createdAt: Generated<Date>
    version: Generated<number>
  }
}
