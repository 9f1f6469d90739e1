import { z } from 'zod'
import { Actor } from '../core/event.ts'
import { Instant } from '../core/page.ts'
import { Operation } from '../crm/operations.ts'

/**
 * The language of the socket (Socket.IO, path LIVE_PATH, transport websocket only, `auth: { ticket, after }`, at first
 * `auth: { ticket, ageMs }`: how long ago the oldest of what is shown may have been fetched).
 * The server puts the connection into rooms derived from the ticket's token; a client cannot join any.
 *
 * server → client
 *   `welcome` Welcome · once after connecting · then replayed updates after `after`, if it was given, or those of the last `ageMs` where
 *             it says so; else fetch everything anew
 *   `update`  LiveUpdate · numbered per organisation without gaps; a gap seen by the client is answered with `resume`
 *   `tick`    { sequence } · the newest number, every 15 s, so that a lost last update is noticed
 *   `reset`   { sequence } · the log no longer reaches back to `after`: fetch everything anew
 *   `flags`   { version } · something was switched on or off in the installation: ask what is on
 *   `progress` DraftProgress · not numbered, may be lost; only for who may read every conversation
 *   `operation` OperationProgress · not numbered, may be lost; only for whoever started it
 * Whoever may not read every record gets `update` without ids: nil UUIDs and empty `refs`, which mean "any of this kind".
 * client → server
 *   `resume`  { after } · answered with the missing updates, or `reset`
 */
export const LIVE_PATH = '/live/'

export const LiveUpdate = z.object({
  sequence: z.number().int().positive(),
  eventId: z.uuid(),
  /** The event's type; its data is not sent: clients fetch what they show, with their own permissions. */
  type: z.string(),
  aggregate: z.object({ type: z.string(), id: z.uuid() }),
  actor: Actor,
  occurredAt: Instant,
  /** Ids in the event's data by which clients know what to fetch. */
  refs: z.object({
    conversationId: z.uuid().optional(),
    contactId: z.uuid().optional(),
    companyId: z.uuid().optional(),
    dealId: z.uuid().optional(),
    messageId: z.uuid().optional(),
    draftId: z.uuid().optional(),
    taskId: z.uuid().optional(),
    noteId: z.uuid().optional(),
    fileId: z.uuid().optional(),
  }),
})
export type LiveUpdate = z.infer<typeof LiveUpdate>

export const Welcome = z.object({
  sequence: z.number().int().min(0),
  organizationId: z.uuid(),
  /** Every update since what the screen shows was fetched follows: nothing has to be fetched anew. */
  repeatsRecent: z.boolean().optional(),
})
export type Welcome = z.infer<typeof Welcome>

/** Counts changes; only that it is another one matters. */
export const FlagsChanged = z.object({ version: z.number().int().min(0) })
export type FlagsChanged = z.infer<typeof FlagsChanged>

/** The text of a draft while the model writes it. */
export const DraftProgress = z.object({ conversationId: z.uuid(), draftId: z.uuid(), body: z.string() })
export type DraftProgress = z.infer<typeof DraftProgress>

/** How far work on many records is; the operation itself is the truth. */
export const OperationProgress = Operation.pick({ id: true, total: true, changed: true, unchanged: true, skipped: true })
export type OperationProgress = z.infer<typeof OperationProgress>
