import { exportOf } from '@ai-crm/platform'
import type { Tables } from './tables.ts'

const PROJECTION = 'A copy of what another service exports.'

/** What of an organisation's archive is ai's. */
export const exporting = exportOf<Tables>()({
  tables: {
    note: { columns: ['id', 'title', 'body', 'version', 'createdAt', 'updatedAt'] },
    aiSettings: { columns: ['id', 'organizationName', 'locale', 'isAutoDraftOn', 'tone', 'instructions', 'version'] },
    draft: {
      columns: [
        ...(['id', 'conversationId', 'contactId', 'status', 'basedOnMessageId', 'basedOnSequence', 'outdatedByMessageId'] as const),
        ...(['subject', 'body', 'language', 'provider', 'model', 'tone', 'length', 'sources', 'withheld', 'reason', 'diff'] as const),
        ...(['requestedBy', 'decidedBy', 'decidedAt', 'createdAt', 'version'] as const),
      ],
    },
    draftBudget: { columns: ['hour', 'used'] },
    notePassage: 'Notes, cut into pieces for searching.',
    conversation: PROJECTION,
    conversationMessage: PROJECTION,
    contact: PROJECTION,
    teamMember: PROJECTION,
  },
})
