import type { TimelineEntry } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

const MAX_EXCERPT = 280

/** Kept by the services that own them; the timeline has the excerpt. */
const LONG_PARTS: ReadonlySet<string> = new Set(['text', 'body', 'diff', 'sources'])

/** The first lines of a text, in one; null where nothing is written. */
export function excerptOf(text: string | null): string | null {
  const line = (text ?? '').replaceAll(/\s+/g, ' ').trim()
  if (line === '') return null
  return line.length <= MAX_EXCERPT
    ? line
    : `${line
        .slice(0, MAX_EXCERPT - 1)
        .toWellFormed()
        .trimEnd()}…`
}

/** The event's data without its long parts. */
export const withoutLongParts = (data: object): Record<string, unknown> => Object.fromEntries(Object.entries(data).filter(([part]) => !LONG_PARTS.has(part)))

export type EntryRow = Omit<Selectable<Tables['timelineEntry']>, 'organizationId' | 'contactId' | 'companyId' | 'dealId'>

export function toTimelineEntry(row: EntryRow): TimelineEntry {
  return {
    id: row.id,
    type: row.type,
    occurredAt: row.occurredAt.toISOString(),
    actor: row.actor,
    conversationId: row.conversationId,
    excerpt: row.excerpt,
    data: row.data,
  }
}
