// Generated from services/ai/migrations by `node tools/generate-tables.ts ai`: change those.
import type { DraftDiff, DraftSource } from '@ai-crm/contracts'
import type { Computed, Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  conversation: {
    organizationId: Defaulted<string>
    id: string
    contactId: string | null
    subject: Defaulted<string>
    partyAddress: Defaulted<string>
    partyName: string | null
    newestInboundId: string | null
    newestInboundSequence: Defaulted<number>
    createdAt: Defaulted<Instant>
    assigneeId: string | null
  }
  conversationMessage: {
    organizationId: Defaulted<string>
    conversationId: string
    id: string
    sequence: number
    direction: 'inbound' | 'outbound'
    text: string
    language: string | null
    isAutoReply: Defaulted<boolean>
    occurredAt: Instant
  }
  contact: {
    organizationId: Defaulted<string>
    id: string
    name: string
    company: string | null
    ownerId: string | null
  }
  note: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    title: string
    body: string
    version: Defaulted<number>
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
  }
  notePassage: {
    organizationId: Defaulted<string>
    noteId: string
    position: number
    title: string
    body: string
    search: Computed<string>
  }
  aiSettings: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    organizationName: Defaulted<string>
    locale: Defaulted<'en' | 'ru'>
    isAutoDraftOn: Defaulted<boolean>
    tone: Defaulted<'neutral' | 'friendly' | 'formal'>
    instructions: Defaulted<string>
    version: Defaulted<number>
  }
  draftBudget: {
    organizationId: Defaulted<string>
    hour: Instant
    used: number
  }
  draft: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    conversationId: string
    contactId: string | null
    status: Defaulted<'generating' | 'waiting' | 'approved' | 'rejected' | 'outdated' | 'failed'>
    basedOnMessageId: string
    basedOnSequence: number
    outdatedByMessageId: string | null
    subject: Defaulted<string>
    body: Defaulted<string>
    language: Defaulted<string>
    provider: Defaulted<'local' | 'openai-compatible'>
    model: Defaulted<string>
    tone: 'neutral' | 'friendly' | 'formal'
    length: 'short' | 'normal' | 'long'
    sources: Defaulted<Json<DraftSource[]>>
    reason: string | null
    diff: Json<DraftDiff> | null
    requestedBy: string | null
    decidedBy: string | null
    decidedAt: Instant | null
    createdAt: Defaulted<Instant>
    version: Defaulted<number>
    withheld: Defaulted<string[]>
  }
  teamMember: {
    organizationId: Defaulted<string>
    teamId: string
    userId: string
  }
}
