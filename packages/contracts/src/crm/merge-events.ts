import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { contactCreated } from './events.ts'
import { companyCreated } from './company-events.ts'

/** Whose value a field has after a merge, where the two differed: of the one that stays, of the one that went, or of both. */
const provenance = z.record(z.string(), z.enum(['survivor', 'merged', 'both']))

/**
 * Another contact went into this one. What it brought is told by `contact.updated` before it, that it went by its own `contact.deleted`, and
 * what belonged to it by events of their own.
 */
export const contactMerged = defineEvent(
  'contact.merged',
  1,
  { type: 'contact', id: 'contactId' },
  z.object({ contactId: z.uuid(), mergeId: z.uuid(), mergedId: z.uuid(), mergedName: z.string(), provenance }),
  { visibility: 'public' },
)

/** The merge was undone: told beside `contact.updated`, and `contact.restored` of the one that is back. */
export const contactUnmerged = defineEvent(
  'contact.unmerged',
  1,
  { type: 'contact', id: 'contactId' },
  z.object({
    contactId: z.uuid(),
    mergeId: z.uuid(),
    mergedId: z.uuid(),
    mergedName: z.string(),
    /** Fields that were changed after the merge and stay as they are. */
    conflicts: z.array(z.string()),
  }),
  { visibility: 'public' },
)

/** A deleted or merged contact is there again, whole as it is now. */
export const contactRestored = defineEvent(
  'contact.restored',
  1,
  { type: 'contact', id: 'contactId' },
  contactCreated.data.omit({ source: true }).extend({
    /** The contact that it had been merged into; null where it had been deleted. */
    separatedFrom: z.uuid().nullable(),
  }),
  { visibility: 'public' },
)

/** As `contact.merged`. */
export const companyMerged = defineEvent(
  'company.merged',
  1,
  { type: 'company', id: 'companyId' },
  z.object({ companyId: z.uuid(), mergeId: z.uuid(), mergedId: z.uuid(), mergedName: z.string(), provenance }),
  { visibility: 'public' },
)

/** As `contact.unmerged`. */
export const companyUnmerged = defineEvent(
  'company.unmerged',
  1,
  { type: 'company', id: 'companyId' },
  z.object({ companyId: z.uuid(), mergeId: z.uuid(), mergedId: z.uuid(), mergedName: z.string(), conflicts: z.array(z.string()) }),
  { visibility: 'public' },
)

/** As `contact.restored`. */
export const companyRestored = defineEvent(
  'company.restored',
  1,
  { type: 'company', id: 'companyId' },
  companyCreated.data.extend({ separatedFrom: z.uuid().nullable() }),
  { visibility: 'public' },
)
