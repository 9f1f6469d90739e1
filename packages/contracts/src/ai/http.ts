import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'
import { DraftDiff, DraftProvider, DraftSource } from './events.ts'

export const Tone = z.enum(['neutral', 'friendly', 'formal'])
export type Tone = z.infer<typeof Tone>
export const DraftLength = z.enum(['short', 'normal', 'long'])
export type DraftLength = z.infer<typeof DraftLength>

/** generating → waiting → approved | rejected | outdated; generating → failed. See services/ai/src/drafts/draft.ts. */
export const DraftStatus = z.enum(['generating', 'waiting', 'approved', 'rejected', 'outdated', 'failed'])
export type DraftStatus = z.infer<typeof DraftStatus>

export const Draft = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  contactId: z.uuid().nullable(),
  status: DraftStatus,
  basedOnMessageId: z.uuid(),
  /** Set when outdated: the message that the draft has not seen. */
  outdatedByMessageId: z.uuid().nullable(),
  subject: z.string(),
  body: z.string(),
  language: z.string(),
  /** `local`: written without a model; the screen must say so. */
  provider: DraftProvider,
  model: z.string(),
  tone: Tone,
  length: DraftLength,
  sources: z.array(DraftSource),
  reason: z.string().nullable(),
  diff: DraftDiff.nullable(),
  decidedBy: z.uuid().nullable(),
  decidedAt: Instant.nullable(),
  createdAt: Instant,
  version: z.number().int(),
})
export type Draft = z.infer<typeof Draft>

export const Note = z.object({
  id: z.uuid(),
  title: z.string(),
  body: z.string(),
  updatedAt: Instant,
  version: z.number().int(),
})
export type Note = z.infer<typeof Note>
export const CreateNote = z.strictObject({ title: Line(200), body: z.string().trim().min(1).max(20_000) })
export type CreateNote = z.infer<typeof CreateNote>
export const UpdateNote = z.strictObject({ title: Line(200).optional(), body: z.string().trim().min(1).max(20_000).optional() })
export type UpdateNote = z.infer<typeof UpdateNote>

export const AiSettings = z.object({
  /** Draft every new customer message without being asked. */
  isAutoDraftOn: z.boolean(),
  tone: Tone,
  /** What the AI is told about the organisation and its manners, in the organisation's words. */
  instructions: z.string(),
  provider: DraftProvider,
  model: z.string(),
  version: z.number().int(),
})
export type AiSettings = z.infer<typeof AiSettings>

const draftParams = idParams('draftId')
const noteParams = idParams('noteId')

export const aiEndpoints = defineEndpoints('ai', {
  listDrafts: {
    method: 'GET', path: '/drafts', summary: 'Drafts, newest first',
    access: 'ai.draft.read', idempotency: 'safe', status: 200, response: pageOf(Draft),
    query: PageQuery.extend({ conversationId: z.uuid().optional(), status: DraftStatus.optional() }),
  },
  getDraft: {
    method: 'GET', path: '/drafts/:draftId', summary: 'Read one draft',
    access: 'ai.draft.read', idempotency: 'safe', params: draftParams, response: Draft, status: 200, concurrency: 'etag',
  },
  generateDraft: {
    method: 'POST', path: '/conversations/:conversationId/drafts', summary: 'Ask for a draft; a waiting one of the conversation is replaced',
    access: 'ai.draft.generate', idempotency: 'key', params: idParams('conversationId'),
    body: z.strictObject({ tone: Tone.optional(), length: DraftLength.default('normal') }), response: Draft, status: 202, cost: 20,
  },
  approveDraft: {
    method: 'POST', path: '/drafts/:draftId/approve', summary: 'Approve, as edited; the reply leaves next. An outdated draft is refused with 409',
    access: 'ai.draft.decide', idempotency: 'key', params: draftParams,
    body: z.strictObject({ subject: Line(500), body: z.string().trim().min(1).max(100_000) }), response: Draft, status: 200, concurrency: 'if-match', cost: 5,
  },
  rejectDraft: {
    method: 'POST', path: '/drafts/:draftId/reject', summary: 'Reject a draft',
    access: 'ai.draft.decide', idempotency: 'key', params: draftParams,
    body: z.strictObject({ reason: Line(500).nullable().default(null) }), response: Draft, status: 200, concurrency: 'if-match',
  },
  listNotes: {
    method: 'GET', path: '/ai/notes', summary: 'Notes that the AI draws on',
    access: 'ai.note.read', idempotency: 'safe', query: PageQuery, response: pageOf(Note), status: 200,
  },
  createNote: {
    method: 'POST', path: '/ai/notes', summary: 'Write a note', access: 'ai.note.manage', idempotency: 'key', body: CreateNote, response: Note, status: 201,
  },
  updateNote: {
    method: 'PATCH', path: '/ai/notes/:noteId', summary: 'Change a note',
    access: 'ai.note.manage', idempotency: 'key', params: noteParams, body: UpdateNote, response: Note, status: 200, concurrency: 'if-match',
  },
  deleteNote: {
    method: 'DELETE', path: '/ai/notes/:noteId', summary: 'Delete a note', access: 'ai.note.manage', idempotency: 'natural', params: noteParams, status: 204,
  },
  getAiSettings: {
    method: 'GET', path: '/ai/settings', summary: 'How the AI works here', access: 'ai.draft.read', idempotency: 'safe', response: AiSettings, status: 200, concurrency: 'etag',
  },
  updateAiSettings: {
    method: 'PATCH', path: '/ai/settings', summary: 'Change how the AI works here',
    access: 'ai.settings.manage', idempotency: 'key', response: AiSettings, status: 200, concurrency: 'if-match',
    body: z.strictObject({ isAutoDraftOn: z.boolean().optional(), tone: Tone.optional(), instructions: z.string().max(5000).optional() }),
  },
})
