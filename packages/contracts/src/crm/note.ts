import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, PageQuery, pageOf } from '../core/page.ts'

const Body = z.string().trim().min(1).max(10_000)
/** Members who are told of the note. */
const Mentions = z.array(z.uuid()).max(20)
const record = z.uuid().nullable()

/** About exactly one of contact, company and deal. */
export const CreateRecordNote = z.strictObject({
  body: Body,
  mentions: Mentions.default([]),
  contactId: record.default(null),
  companyId: record.default(null),
  dealId: record.default(null),
})
export type CreateRecordNote = z.infer<typeof CreateRecordNote>

/** Absent fields stay as they are. */
export const UpdateRecordNote = z.strictObject({ body: Body.optional(), mentions: Mentions.optional() })
export type UpdateRecordNote = z.infer<typeof UpdateRecordNote>

export const RecordNote = z.object({
  id: z.uuid(),
  body: z.string(),
  mentions: z.array(z.uuid()),
  contactId: z.uuid().nullable(),
  companyId: z.uuid().nullable(),
  dealId: z.uuid().nullable(),
  /** Who wrote it, and may change it; null: no person. */
  authorId: z.uuid().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
})
export type RecordNote = z.infer<typeof RecordNote>

/** Newest first. */
export const RecordNoteSearch = PageQuery.extend({
  contactId: z.uuid().optional(),
  companyId: z.uuid().optional(),
  dealId: z.uuid().optional(),
  /** `me`: those in which I am mentioned. */
  mentioning: z.enum(['me']).optional(),
})
export type RecordNoteSearch = z.infer<typeof RecordNoteSearch>

const noteParams = idParams('noteId')

export const recordNoteEndpoints = defineEndpoints('crm', {
  createRecordNote: {
    method: 'POST', path: '/record-notes', summary: 'Write a note about a record',
    access: 'crm.note.create', idempotency: 'key', body: CreateRecordNote, response: RecordNote, status: 201, cost: 2,
  },
  listRecordNotes: {
    method: 'GET', path: '/record-notes', summary: 'List notes about records that one may see, newest first',
    access: 'crm.note.read', idempotency: 'safe', query: RecordNoteSearch, response: pageOf(RecordNote), status: 200,
  },
  getRecordNote: {
    method: 'GET', path: '/record-notes/:noteId', summary: 'Read one note',
    access: 'crm.note.read', idempotency: 'safe', params: noteParams, response: RecordNote, status: 200, concurrency: 'etag',
  },
  updateRecordNote: {
    method: 'PATCH', path: '/record-notes/:noteId', summary: 'Change a note of one’s own',
    access: 'crm.note.create', idempotency: 'key', params: noteParams, body: UpdateRecordNote, response: RecordNote,
    status: 200, concurrency: 'if-match', cost: 2,
  },
  deleteRecordNote: {
    method: 'DELETE', path: '/record-notes/:noteId', summary: 'Delete a note: one’s own, or, with the permission to delete notes, anybody’s',
    access: 'crm.note.create', idempotency: 'natural', params: noteParams, status: 204, cost: 2,
  },
})
