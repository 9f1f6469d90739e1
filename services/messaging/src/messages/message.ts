import { Party, type Message } from '@ai-crm/contracts'
import { toScan } from '@ai-crm/platform'
import { z } from 'zod'
import type { Db } from '../ctx.ts'

const Parties = z.array(Party)

/** Messages as they are answered, with the state of their delivery; without attachments. */
export const selectMessages = (db: Db) =>
  db
    .selectFrom('message')
    .leftJoin('delivery', (join) => join.onRef('delivery.organizationId', '=', 'message.organizationId').onRef('delivery.messageId', '=', 'message.id'))
    .select([
      'message.id',
      'message.conversationId',
      'message.direction',
      'message.fromAddress',
      'message.fromName',
      'message.toParties',
      'message.ccParties',
      'message.subject',
      'message.text',
      'message.quotedText',
      'message.flags',
      'message.isAutoReply',
      'message.authorId',
      'message.draftId',
      'message.rfcMessageId',
      'message.createdAt',
      'message.attachmentCount',
      'delivery.state',
      'delivery.reason',
      'delivery.nextAttemptAt',
      'delivery.attempts',
      'delivery.sentAt',
    ])
    .select((eb) => eb('message.html', 'is not', null).as('hasHtml'))

type MessageRow = Awaited<ReturnType<ReturnType<typeof selectMessages>['executeTakeFirstOrThrow']>>
type AttachmentView = Message['attachments'][number] & { messageId: string }

export function toMessage(row: MessageRow, attachments: readonly AttachmentView[]): Message {
  return {
    id: row.id,
    conversationId: row.conversationId,
    direction: row.direction,
    state: row.state ?? 'received',
    from: { address: row.fromAddress, name: row.fromName },
    to: Parties.parse(row.toParties),
    cc: Parties.parse(row.ccParties),
    subject: row.subject,
    text: row.text,
    quotedText: row.quotedText,
    hasHtml: row.hasHtml === true,
    attachments: attachments.filter(({ messageId }) => messageId === row.id).map(({ messageId: _of, ...attachment }) => attachment),
    flags: row.flags,
    isAutoReply: row.isAutoReply,
    authorId: row.authorId,
    draftId: row.draftId,
    rfcMessageId: row.rfcMessageId,
    reason: row.reason,
    sendAfter: row.nextAttemptAt?.toISOString() ?? null,
    attempts: row.attempts ?? 0,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  }
}

/** The attachments of messages, without their content, in one statement. */
export async function readAttachments(db: Db, messages: readonly { id: string; attachmentCount: number }[]): Promise<AttachmentView[]> {
  const ids = messages.filter(({ attachmentCount }) => attachmentCount > 0).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('attachment')
    .select(['id', 'messageId', 'fileName', 'contentType', 'sizeBytes', 'scanState', 'scanFinding'])
    .where('messageId', 'in', ids)
    .orderBy('messageId')
    .orderBy('position')
    .execute()
  return rows.map(({ scanState, scanFinding, ...row }) => ({ ...row, scan: toScan({ scanState, scanFinding }) }))
}
