import { z } from 'zod'
import { defineEvent } from '../core/event.ts'

const id = z.uuid().nullable()
const aggregate = { type: 'file', id: 'fileId' } as const
/** The one record that the file is about: one of these is not null. */
const about = { contactId: id, companyId: id, dealId: id }

/** A file is there, whole. Its bytes are asked for by its id. */
export const fileAdded = defineEvent(
  'file.added',
  1,
  aggregate,
  z.object({ fileId: z.uuid(), ...about, name: z.string(), contentType: z.string(), sizeBytes: z.number().int(), addedById: id }),
  { visibility: 'public' },
)

/** What it is about was merged with another record, or parted from it. */
export const fileUpdated = defineEvent(
  'file.updated',
  1,
  aggregate,
  z.object({
    fileId: z.uuid(),
    ...about,
    changes: z.object({ contactId: z.object({ from: id, to: id }).optional(), companyId: z.object({ from: id, to: id }).optional() }),
  }),
  { visibility: 'public' },
)

export const fileDeleted = defineEvent('file.deleted', 1, aggregate, z.object({ fileId: z.uuid(), ...about, name: z.string() }), { visibility: 'public' })

/** The scanner found malware in it, when it came or when its signatures got newer. It is kept, and given to nobody from now on. */
export const fileInfected = defineEvent('file.infected', 1, aggregate, z.object({ fileId: z.uuid(), ...about, addedById: id, finding: z.string().max(200) }))

/** The same of a file to be imported: nothing of it was read. */
export const importInfected = defineEvent(
  'import.infected',
  1,
  { type: 'import', id: 'importId' },
  z.object({ importId: z.uuid(), finding: z.string().max(200) }),
)
