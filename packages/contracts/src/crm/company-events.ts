import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { CustomChanges, CustomValues } from './field-kinds.ts'

const text = z.string().nullable()
const tagIds = z.array(z.uuid())
const id = z.uuid().nullable()
const domains = z.array(z.string())

/** The whole company as it began: folding `company.*` gives the row. */
export const companyCreated = defineEvent(
  'company.created',
  1,
  { type: 'company', id: 'companyId' },
  z.object({
    companyId: z.uuid(),
    name: z.string(),
    domains,
    website: text,
    phone: text,
    address: text,
    industry: text,
    size: text,
    note: text,
    tagIds: tagIds.optional(),
    parentId: id,
    /** Whose the company is; null: nobody's. */
    ownerId: id,
    /** By the field's id. */
    custom: CustomValues.default({}),
  }),
  { visibility: 'public' },
)

const change = z.object({ from: text, to: text })
const changeOfTags = z.object({ from: tagIds, to: tagIds })
const changeOfId = z.object({ from: id, to: id })
/** Only the fields that changed; an update that changes nothing emits nothing. */
export const companyUpdated = defineEvent(
  'company.updated',
  1,
  { type: 'company', id: 'companyId' },
  z.object({
    companyId: z.uuid(),
    changes: z.object({
      name: z.object({ from: z.string(), to: z.string() }).optional(),
      domains: z.object({ from: domains, to: domains }).optional(),
      website: change.optional(),
      phone: change.optional(),
      address: change.optional(),
      industry: change.optional(),
      size: change.optional(),
      note: change.optional(),
      tagIds: changeOfTags.optional(),
      parentId: changeOfId.optional(),
      ownerId: changeOfId.optional(),
      custom: CustomChanges.optional(),
    }),
  }),
  { visibility: 'public' },
)

/**
 * Its people and the companies that belonged to it are told of in events of their own. `mergedInto`: the company that has what was this one's;
 * absent or null where it was deleted.
 */
export const companyDeleted = defineEvent(
  'company.deleted',
  1,
  { type: 'company', id: 'companyId' },
  z.object({ companyId: z.uuid(), mergedInto: z.uuid().nullable().optional() }),
  { visibility: 'public' },
)
