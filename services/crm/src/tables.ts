import type { ColumnType } from 'kysely'

type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Timestamp = ColumnType<Date, Date | string, Date | string>

export interface Contact {
  company: string | null
  createdAt: Generated<Timestamp>
  deletedAt: Timestamp | null
  email: string | null
  id: Generated<string>
  lastActivityAt: Generated<Timestamp>
  name: string
  note: string | null
  organizationId: Generated<string>
  phone: string | null
  position: string | null
  sortName: ColumnType<string, never, never>
  source: string
  updatedAt: Generated<Timestamp>
  version: Generated<number>
}
export interface ConversationContact {
  contactId: string | null
  conversationId: string
  organizationId: Generated<string>
}
export interface TimelineEntry {
  actor: ColumnType<unknown, string, string>
  contactId: string | null
  conversationId: string | null
  data: ColumnType<unknown, string, string>
  excerpt: string | null
  id: string
  occurredAt: Timestamp
  organizationId: Generated<string>
  type: string
}
export interface Tables {
  contact: Contact
  conversationContact: ConversationContact
  timelineEntry: TimelineEntry
}
