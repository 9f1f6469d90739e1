import { z } from 'zod'
import { defineEvent } from '../core/event.ts'

const id = z.uuid().nullable()
const aggregate = { type: 'note', id: 'noteId' } as const
/** The one record that the note is about: one of these is not null. */
const about = { contactId: id, companyId: id, dealId: id }
const people = z.array(z.uuid())

/** The whole note as it began: folding `note.*` gives the row. Whoever wrote it is the event's actor, and `authorId`. */
export const noteCreated = defineEvent(
  'note.created',
  1,
  aggregate,
  z.object({ noteId: z.uuid(), ...about, body: z.string(), mentions: people, authorId: id }),
  { visibility: 'public' },
)

/** Only what changed. */
export const noteUpdated = defineEvent(
  'note.updated',
  1,
  aggregate,
  z.object({
    noteId: z.uuid(),
    ...about,
    changes: z.object({
      body: z.object({ from: z.string(), to: z.string() }).optional(),
      mentions: z.object({ from: people, to: people }).optional(),
      /** What it is about was merged with another record, or parted from it. */
      contactId: z.object({ from: id, to: id }).optional(),
      companyId: z.object({ from: id, to: id }).optional(),
    }),
  }),
  { visibility: 'public' },
)

export const noteDeleted = defineEvent('note.deleted', 1, aggregate, z.object({ noteId: z.uuid(), ...about }), { visibility: 'public' })
