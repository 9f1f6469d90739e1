import {
  aiDraftApproved,
  aiDraftFailed,
  aiDraftGenerated,
  aiDraftOutdated,
  aiDraftRejected,
  companyCreated,
  companyDeleted,
  companyMerged,
  companyRestored,
  companyUnmerged,
  companyUpdated,
  contactCreated,
  contactDeleted,
  contactMerged,
  contactRestored,
  contactUnmerged,
  contactUpdated,
  conversationLinked,
  conversationUpdated,
  dealCreated,
  dealDeleted,
  dealHandedOver,
  dealHandOverUndone,
  dealRestored,
  dealStageChanged,
  dealUpdated,
  fileAdded,
  fileDeleted,
  messageCancelled,
  messageFailed,
  messageHeld,
  messageQueued,
  messageReceived,
  messageSent,
  messageUnconfirmed,
  noteCreated,
  taskCompleted,
  taskCreated,
} from '@ai-crm/contracts'
import type { Projection } from '@ai-crm/platform'
import { crm } from '../ctx.ts'
import { attachConversation, noteAssignee, placeConversation, survivorOfContact } from './conversation-contact.ts'
import {
  recordOfCompany,
  recordOfContact,
  recordOfConversation,
  recordOfDeal,
  recordOfFile,
  recordOfHandOver,
  recordOfNote,
  recordOfTask,
} from './record-entry.ts'

/** What the consumers of the timeline do with it, without what else follows from those events: senders who become contacts, duplicates. */
export const timelineProjection: Projection = {
  name: 'timeline',
  tables: ['conversation_contact', 'timeline_entry'],
  folds: [
    crm.fold(conversationLinked, (scope, { data }) => attachConversation(scope, data.conversationId, survivorOfContact(data.contactId))),
    crm.fold(conversationUpdated, async (scope, { data }) => {
      if (data.changes.assigneeId) await noteAssignee(scope, data.conversationId, data.changes.assigneeId.to)
    }),
    crm.fold(messageReceived, async (scope, event) => {
      const { conversationId, contactId, text } = event.data
      // Of somebody who was not known yet, conversation.linked tells.
      if (contactId !== null) placeConversation(scope, conversationId, survivorOfContact(contactId))
      await recordOfConversation(scope, event, text)
    }),
    crm.fold(messageQueued, (scope, event) => recordOfConversation(scope, event, event.data.text)),
    crm.fold(messageSent, (scope, event) => recordOfConversation(scope, event, event.data.text)),
    crm.fold(messageFailed, (scope, event) => recordOfConversation(scope, event, event.data.reason)),
    crm.fold(messageUnconfirmed, (scope, event) => recordOfConversation(scope, event, event.data.reason)),
    crm.fold(messageHeld, (scope, event) => recordOfConversation(scope, event, null)),
    crm.fold(messageCancelled, (scope, event) => recordOfConversation(scope, event, null)),
    crm.fold(aiDraftGenerated, (scope, event) => recordOfConversation(scope, event, event.data.body)),
    crm.fold(aiDraftApproved, (scope, event) => recordOfConversation(scope, event, event.data.body)),
    crm.fold(aiDraftRejected, (scope, event) => recordOfConversation(scope, event, event.data.reason)),
    crm.fold(aiDraftOutdated, (scope, event) => recordOfConversation(scope, event, null)),
    crm.fold(aiDraftFailed, (scope, event) => recordOfConversation(scope, event, event.data.reason)),
    ...[contactCreated, contactUpdated, contactDeleted, contactRestored, contactMerged, contactUnmerged].map((event) => crm.fold(event, recordOfContact)),
    ...[companyCreated, companyUpdated, companyDeleted, companyRestored, companyMerged, companyUnmerged].map((event) => crm.fold(event, recordOfCompany)),
    ...[dealCreated, dealUpdated, dealStageChanged, dealDeleted, dealRestored, dealHandOverUndone].map((event) => crm.fold(event, recordOfDeal)),
    crm.fold(dealHandedOver, recordOfHandOver),
    ...[taskCreated, taskCompleted].map((event) => crm.fold(event, recordOfTask)),
    ...[fileAdded, fileDeleted].map((event) => crm.fold(event, recordOfFile)),
    crm.fold(noteCreated, recordOfNote),
  ],
}
