import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { COLORS } from './colors.ts'

/** Living tags of an organisation. */
export const MAX_TAGS = 500
export const MAX_TAGS_OF_RECORD = 50

export const TAG_COLORS = COLORS
export const TagColor = z.enum(TAG_COLORS)
export type TagColor = z.infer<typeof TagColor>

/** Of a contact, a company or a deal: ids of tags, each once, in the order in which they are shown. */
export const TagIds = z.array(z.uuid()).max(MAX_TAGS_OF_RECORD)

export const CreateTag = z.strictObject({ name: Line(60), color: TagColor.default('gray') })
export type CreateTag = z.infer<typeof CreateTag>

export const UpdateTag = z.strictObject({ name: Line(60).optional(), color: TagColor.optional() })
export type UpdateTag = z.infer<typeof UpdateTag>

export const MergeTag = z.strictObject({ intoId: z.uuid() })

export const Tag = z.object({
  id: z.uuid(),
  /** One of its kind, however its letters are written. */
  name: z.string(),
  color: TagColor,
  /** Contacts, companies and deals that have it, out of reach or not. Null where it was not asked for. */
  recordCount: z.number().int().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
})
export type Tag = z.infer<typeof Tag>

/** Counting looks at every record that has a tag. */
export const TagSearch = z.object({ counts: z.stringbool().default(false) })
export type TagSearch = z.infer<typeof TagSearch>

const tagParams = idParams('tagId')

export const tagEndpoints = defineEndpoints('crm', {
  listTags: {
    method: 'GET', path: '/tags', summary: 'All tags by name; none for whoever sees no records',
    access: 'signed-in', idempotency: 'safe', query: TagSearch, response: z.object({ items: z.array(Tag).max(MAX_TAGS) }), status: 200,
  },
  createTag: {
    method: 'POST', path: '/tags', summary: 'Create a tag',
    access: 'crm.tag.manage', idempotency: 'key', body: CreateTag, response: Tag, status: 201, cost: 2,
  },
  updateTag: {
    method: 'PATCH', path: '/tags/:tagId', summary: 'Rename or recolour a tag',
    access: 'crm.tag.manage', idempotency: 'key', params: tagParams, body: UpdateTag, response: Tag, status: 200, concurrency: 'if-match', cost: 2,
  },
  mergeTag: {
    method: 'POST', path: '/tags/:tagId/merge', summary: 'Give the records of a tag another one instead, and delete it',
    access: 'crm.tag.manage', idempotency: 'key', params: tagParams, body: MergeTag, response: Tag, status: 200, cost: 2,
  },
  deleteTag: {
    method: 'DELETE', path: '/tags/:tagId', summary: 'Delete a tag, also from the records that have it',
    access: 'crm.tag.manage', idempotency: 'natural', params: tagParams, status: 204, cost: 2,
  },
})
