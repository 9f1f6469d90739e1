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
  messageCancelled,
  messageFailed,
  messageHeld,
  messageQueued,
  messageReceived,
  messageSent,
  messageUnconfirmed,
  fileAdded,
  fileDeleted,
  noteCreated,
  taskCompleted,
  taskCreated,
} from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { isCompared, matchLater } from '../duplicates/match-later.ts'
import { linkConversation, noteAssignee, survivorOfContact } from './conversation-contact.ts'
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
import { recordInboundMessage } from './record-inbound-message.ts'
import { recordSentMessage } from './record-sent-message.ts'

export const timelineConsumers = [
  crm.consume({ name: 'crm.record-inbound-message', event: messageReceived, handle: recordInboundMessage }),
  crm.consume({ name: 'crm.record-sent-message', event: messageSent, handle: recordSentMessage }),
  crm.consume({
    name: 'crm.link-conversation',
    event: conversationLinked,
    handle: async (scope, { data }) => linkConversation(scope, data.conversationId, survivorOfContact(data.contactId)),
  }),
  crm.consume({
    name: 'crm.note-assignee',
    event: conversationUpdated,
    handle: async (scope, { data }) => {
      if (data.changes.assigneeId) await noteAssignee(scope, data.conversationId, data.changes.assigneeId.to)
    },
  }),
  crm.consume({ name: 'crm.record-queued-message', event: messageQueued, handle: (scope, event) => recordOfConversation(scope, event, event.data.text) }),
  crm.consume({ name: 'crm.record-failed-message', event: messageFailed, handle: (scope, event) => recordOfConversation(scope, event, event.data.reason) }),
  crm.consume({
    name: 'crm.record-unconfirmed-message',
    event: messageUnconfirmed,
    handle: (scope, event) => recordOfConversation(scope, event, event.data.reason),
  }),
  crm.consume({ name: 'crm.record-held-message', event: messageHeld, handle: (scope, event) => recordOfConversation(scope, event, null) }),
  crm.consume({ name: 'crm.record-cancelled-message', event: messageCancelled, handle: (scope, event) => recordOfConversation(scope, event, null) }),
  crm.consume({ name: 'crm.record-generated-draft', event: aiDraftGenerated, handle: (scope, event) => recordOfConversation(scope, event, event.data.body) }),
  crm.consume({ name: 'crm.record-approved-draft', event: aiDraftApproved, handle: (scope, event) => recordOfConversation(scope, event, event.data.body) }),
  crm.consume({ name: 'crm.record-rejected-draft', event: aiDraftRejected, handle: (scope, event) => recordOfConversation(scope, event, event.data.reason) }),
  crm.consume({ name: 'crm.record-outdated-draft', event: aiDraftOutdated, handle: (scope, event) => recordOfConversation(scope, event, null) }),
  crm.consume({ name: 'crm.record-failed-draft', event: aiDraftFailed, handle: (scope, event) => recordOfConversation(scope, event, event.data.reason) }),
  crm.consume({
    name: 'crm.record-created-contact',
    event: contactCreated,
    handle: async (scope, event) => {
      await recordOfContact(scope, event)
      await matchLater(scope, 'contact', event.data.contactId)
    },
  }),
  crm.consume({
    name: 'crm.record-updated-contact',
    event: contactUpdated,
    handle: async (scope, event) => {
      await recordOfContact(scope, event)
      if (isCompared('contact', event.data.changes)) await matchLater(scope, 'contact', event.data.contactId)
    },
  }),
  crm.consume({
    name: 'crm.record-deleted-contact',
    event: contactDeleted,
    handle: async (scope, event) => {
      await recordOfContact(scope, event)
      await matchLater(scope, 'contact', event.data.contactId)
    },
  }),
  crm.consume({
    name: 'crm.record-created-company',
    event: companyCreated,
    handle: async (scope, event) => {
      await recordOfCompany(scope, event)
      await matchLater(scope, 'company', event.data.companyId)
    },
  }),
  crm.consume({
    name: 'crm.record-updated-company',
    event: companyUpdated,
    handle: async (scope, event) => {
      await recordOfCompany(scope, event)
      if (isCompared('company', event.data.changes)) await matchLater(scope, 'company', event.data.companyId)
    },
  }),
  crm.consume({
    name: 'crm.record-deleted-company',
    event: companyDeleted,
    handle: async (scope, event) => {
      await recordOfCompany(scope, event)
      await matchLater(scope, 'company', event.data.companyId)
    },
  }),
  crm.consume({ name: 'crm.record-merged-contact', event: contactMerged, handle: recordOfContact }),
  crm.consume({ name: 'crm.record-unmerged-contact', event: contactUnmerged, handle: recordOfContact }),
  crm.consume({
    name: 'crm.record-restored-contact',
    event: contactRestored,
    handle: async (scope, event) => {
      await recordOfContact(scope, event)
      await matchLater(scope, 'contact', event.data.contactId)
    },
  }),
  crm.consume({ name: 'crm.record-merged-company', event: companyMerged, handle: recordOfCompany }),
  crm.consume({ name: 'crm.record-unmerged-company', event: companyUnmerged, handle: recordOfCompany }),
  crm.consume({
    name: 'crm.record-restored-company',
    event: companyRestored,
    handle: async (scope, event) => {
      await recordOfCompany(scope, event)
      await matchLater(scope, 'company', event.data.companyId)
    },
  }),
  crm.consume({ name: 'crm.record-created-deal', event: dealCreated, handle: recordOfDeal }),
  crm.consume({ name: 'crm.record-updated-deal', event: dealUpdated, handle: recordOfDeal }),
  crm.consume({ name: 'crm.record-moved-deal', event: dealStageChanged, handle: recordOfDeal }),
  crm.consume({ name: 'crm.record-deleted-deal', event: dealDeleted, handle: recordOfDeal }),
  crm.consume({ name: 'crm.record-restored-deal', event: dealRestored, handle: recordOfDeal }),
  crm.consume({ name: 'crm.record-handed-over-deal', event: dealHandedOver, handle: recordOfHandOver }),
  crm.consume({ name: 'crm.record-undone-hand-over', event: dealHandOverUndone, handle: recordOfDeal }),
  crm.consume({ name: 'crm.record-added-file', event: fileAdded, handle: recordOfFile }),
  crm.consume({ name: 'crm.record-deleted-file', event: fileDeleted, handle: recordOfFile }),
  crm.consume({ name: 'crm.record-created-note', event: noteCreated, handle: recordOfNote }),
  crm.consume({ name: 'crm.record-created-task', event: taskCreated, handle: recordOfTask }),
  crm.consume({ name: 'crm.record-completed-task', event: taskCompleted, handle: recordOfTask }),
]
