import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { definePersonDelayed, definePersonErased, definePersonExported } from '../core/person-data.ts'
import { defineSagaAnswer } from '../core/saga.ts'

const draft = { type: 'draft', id: 'draftId' } as const

/** The AI’s part in sagas of other services. */
export const aiSagaAnswered = defineSagaAnswer('ai-saga.answered')

/** A note of the organisation that a draft drew on, and the words that it took. */
export const DraftSource = z.object({ noteId: z.uuid(), title: z.string(), excerpt: z.string() })
export type DraftSource = z.infer<typeof DraftSource>

export const DraftProvider = z.enum(['local', 'openai-compatible'])

/** A run of text that the person kept, added or took out. */
export const DraftDiff = z.array(z.object({ op: z.enum(['equal', 'insert', 'delete']), text: z.string() }))
export type DraftDiff = z.infer<typeof DraftDiff>

export const aiDraftGenerated = defineEvent(
  'ai.draft.generated',
  1,
  draft,
  z.object({
    draftId: z.uuid(),
    conversationId: z.uuid(),
    contactId: z.uuid().nullable(),
    /** The newest inbound message that the draft has seen. */
    basedOnMessageId: z.uuid(),
    subject: z.string(),
    body: z.string(),
    language: z.string(),
    provider: DraftProvider,
    model: z.string(),
    sources: z.array(DraftSource),
  }),
  { visibility: 'public' },
)

/** A person approved: `body` is what will be sent, `diff` what they changed of the draft. Messaging sends it. */
export const aiDraftApproved = defineEvent(
  'ai.draft.approved',
  1,
  draft,
  z.object({
    draftId: z.uuid(),
    conversationId: z.uuid(),
    contactId: z.uuid().nullable(),
    basedOnMessageId: z.uuid(),
    subject: z.string(),
    body: z.string(),
    diff: DraftDiff,
    approvedBy: z.uuid(),
  }),
  { visibility: 'public' },
)

export const aiDraftRejected = defineEvent(
  'ai.draft.rejected',
  1,
  draft,
  z.object({
    draftId: z.uuid(),
    conversationId: z.uuid(),
    contactId: z.uuid().nullable(),
    reason: z.string().nullable(),
  }),
  { visibility: 'public' },
)

/** The customer wrote again, or somebody answered: the waiting draft no longer fits. */
export const aiDraftOutdated = defineEvent(
  'ai.draft.outdated',
  1,
  draft,
  z.object({
    draftId: z.uuid(),
    conversationId: z.uuid(),
    byMessageId: z.uuid(),
  }),
  { visibility: 'public' },
)

export const aiDraftFailed = defineEvent(
  'ai.draft.failed',
  1,
  draft,
  z.object({
    draftId: z.uuid(),
    conversationId: z.uuid(),
    contactId: z.uuid().nullable(),
    reason: z.string(),
  }),
  { visibility: 'public' },
)

const note = { type: 'note', id: 'noteId' } as const
export const aiNoteCreated = defineEvent('ai.note.created', 1, note, z.object({ noteId: z.uuid(), title: z.string(), body: z.string() }))
export const aiNoteUpdated = defineEvent(
  'ai.note.updated',
  1,
  note,
  z.object({
    noteId: z.uuid(),
    changes: z.object({
      title: z.object({ from: z.string(), to: z.string() }).optional(),
      body: z.object({ from: z.string(), to: z.string() }).optional(),
    }),
  }),
)
export const aiNoteDeleted = defineEvent('ai.note.deleted', 1, note, z.object({ noteId: z.uuid() }))
export const aiSettingsUpdated = defineEvent(
  'ai.settings.updated',
  1,
  { type: 'ai-settings', id: 'settingsId' },
  z.object({
    settingsId: z.uuid(),
    isAutoDraftOn: z.boolean(),
    tone: z.string(),
    instructions: z.string(),
  }),
)

export const aiPersonErased = definePersonErased('ai-person.erased')
export const aiPersonDelayed = definePersonDelayed('ai-person.delayed')
export const aiPersonExported = definePersonExported('ai-person.exported')
