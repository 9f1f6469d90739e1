import { LiveUpdate, type Envelope } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../tables.ts'

const id = z.uuid().optional().catch(undefined)
const Refs = z.object({ conversationId: id, contactId: id, companyId: id, dealId: id, messageId: id, draftId: id, taskId: id, noteId: id, fileId: id })

/** The ids in an event's data by which clients know what to fetch; whatever is no id is left out. */
export const refsOf = (data: unknown): LiveUpdate['refs'] => {
  const refs = Refs.safeParse(data)
  return refs.success ? Object.fromEntries(Object.entries(refs.data).filter(([, value]) => value !== undefined)) : {}
}

/** What of an event goes to the screens of its organisation. */
export const toLiveUpdate = (sequence: number, event: Envelope): LiveUpdate => ({
  sequence,
  eventId: event.id,
  type: event.type,
  aggregate: { type: event.aggregate.type, id: event.aggregate.id },
  actor: event.actor,
  occurredAt: event.occurredAt,
  refs: refsOf(event.data),
})

export const UPDATE_COLUMNS = ['sequence', 'eventId', 'type', 'aggregateType', 'aggregateId', 'actor', 'occurredAt', 'refs'] as const

/** Reads a row of the log; the form of what is stored as JSON is checked again. */
export const fromRow = (row: Pick<Selectable<Tables['liveUpdate']>, (typeof UPDATE_COLUMNS)[number]>): LiveUpdate =>
  LiveUpdate.parse({
    sequence: row.sequence,
    eventId: row.eventId,
    type: row.type,
    aggregate: { type: row.aggregateType, id: row.aggregateId },
    actor: row.actor,
    occurredAt: row.occurredAt.toISOString(),
    refs: row.refs,
  })
