import { type Draft, DraftDiff, DraftSource } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../tables.ts'

/**
 * The life of a draft:
 *
 *   generating → waiting → approved | rejected | outdated
 *   generating → outdated | failed
 *
 * - generating: a job writes it. A newer message of the customer moves `basedOnMessageId` on (and `version`, by which
 *   the job notices): nobody has seen a text yet, so a burst of messages makes one draft.
 * - waiting: a person decides. A newer message or a colleague's reply makes it outdated, which ends it.
 * - approved, rejected, outdated, failed: ends. A new draft is a new row.
 *
 * At most one draft per conversation is generating or waiting (unique index `draft_one_active`). Every change locks
 * the row and checks the state, so an approval and an inbound message never both win.
 */
export const ACTIVE_STATES = ['generating', 'waiting'] as const

export type DraftRow = Selectable<Tables['draft']>

export function toDraft(row: DraftRow): Draft {
  return {
    id: row.id,
    conversationId: row.conversationId,
    contactId: row.contactId,
    status: row.status,
    basedOnMessageId: row.basedOnMessageId,
    outdatedByMessageId: row.outdatedByMessageId,
    subject: row.subject,
    body: row.body,
    language: row.language,
    provider: row.provider,
    model: row.model,
    tone: row.tone,
    length: row.length,
    sources: z.array(DraftSource).parse(row.sources),
    reason: row.reason,
    diff: DraftDiff.nullable().parse(row.diff),
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
  }
}

/** The subject of an answer: one `Re:`, however many the customer's program added (RFC 5322, 3.6.5). */
export function replySubject(subject: string): string {
  const bare = subject.replace(/^(?:\s*(?:re|aw|ha|отв|на)\s*(?:\[\d{1,3}\])?\s*:)+/iu, '').trim()
  return bare === '' ? 'Re:' : `Re: ${bare}`.slice(0, 500)
}
