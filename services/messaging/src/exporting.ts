import { exportOf } from '@ai-crm/platform'
import { mailFiles } from './content/mail-files.ts'
import type { Tables } from './tables.ts'

const PROJECTION = 'A copy of what another service exports.'

/** What of an organisation's archive is messaging's; raw mails and attachments are files of their own. */
export const exporting = exportOf<Tables>()({
  tables: {
    channel: {
      columns: [
        ...(['id', 'kind', 'name', 'address', 'signature', 'version', 'lastInboundAt', 'lastOutboundAt', 'lastError'] as const),
        ...(['pausedUntil', 'createdAt'] as const),
      ],
      harmless: { signature: 'The lines under a mail.' },
    },
    conversation: {
      columns: [
        ...(['id', 'channelId', 'subject', 'partyAddress', 'partyName', 'contactId', 'status', 'assigneeId', 'snoozedUntil'] as const),
        ...(['snippet', 'lastMessageAt', 'lastDirection', 'lastInboundMessageId', 'lastInboundAt', 'messageCount'] as const),
        ...(['version', 'createdAt'] as const),
      ],
      leftOut: { searchText: 'Made from subject and party.' },
    },
    conversationRead: { columns: ['userId', 'conversationId', 'seenInboundAt'] },
    contactAddress: PROJECTION,
    contactOtherAddress: PROJECTION,
    mergedContact: 'Into whom contacts went; the merges are exported themselves.',
    movedConversation: 'How conversations go back when a merge of contacts is undone; whom they are with is exported.',
    message: {
      columns: [
        ...(['id', 'conversationId', 'channelId', 'direction', 'fromAddress', 'fromName', 'replyToAddress', 'toParties', 'ccParties'] as const),
        ...(['subject', 'text', 'quotedText', 'html', 'language', 'flags', 'isAutoReply', 'attachmentCount', 'authorId', 'draftId'] as const),
        ...(['rfcMessageId', 'referenceIds', 'createdAt'] as const),
      ],
      leftOut: { contentKey: 'Finds a mail that arrives twice.', sourceKey: 'Finds a mail that arrives twice.' },
    },
    rawMessage: {
      columns: ['messageId', 'sha256', 'sizeBytes', 'envelopeFrom', 'envelopeTo'],
      leftOut: { source: 'In source/<messageId>.eml.' },
    },
    attachment: {
      columns: ['id', 'messageId', 'position', 'fileName', 'contentType', 'sizeBytes', 'contentId', 'scanState', 'scanFinding', 'scannedWith'],
      leftOut: { content: 'In attachment/<id>.' },
    },
    delivery: {
      columns: [
        ...(['messageId', 'conversationId', 'channelId', 'state', 'toAddress', 'toName', 'envelopeFrom', 'attempts', 'deferrals'] as const),
        ...(['resendEpoch', 'reason', 'response', 'answersMessageId', 'newerMessageId', 'sentAt', 'createdAt'] as const),
      ],
      leftOut: {
        idempotencyKey: 'Keeps an answer from being sent twice.',
        fence: 'Keeps two senders apart.',
        leaseUntil: 'Keeps two senders apart.',
        nextAttemptAt: 'What is still to be done here.',
      },
    },
    messageChunk: 'In source/<messageId>.eml and attachment/<id>.',
    localMail: 'What this installation would have sent if it had a relay: the messages themselves are exported.',
    systemMail: 'Mails of the product to members: they carry links that open accounts.',
    teamMember: PROJECTION,
  },
  files: mailFiles,
})
