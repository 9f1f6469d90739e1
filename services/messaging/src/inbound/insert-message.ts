import type { Party } from '@ai-crm/contracts'
import { json } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import type { ParsedAttachment } from '../mail-parsing/parsed-mail.ts'
import type { IncomingMail } from './incoming-mail.ts'

interface Place {
  conversationId: string
  channelId: string
}

/** The message, its raw source and its attachments. */
export async function insertMessage(db: Db, place: Place, incoming: IncomingMail, from: Party): Promise<{ id: string; createdAt: Date }> {
  const { mail, source } = incoming
  const message = await db
    .insertInto('message')
    .values({
      ...place,
      direction: 'inbound',
      fromAddress: from.address,
      fromName: from.name,
      replyToAddress: mail.replyToAddress,
      toParties: sql`${json(mail.to)}`,
      ccParties: sql`${json(mail.cc)}`,
      subject: mail.subject,
      text: withoutNul(mail.text),
      quotedText: mail.quotedText && withoutNul(mail.quotedText),
      html: mail.html && withoutNul(mail.html),
      language: mail.language,
      flags: mail.flags,
      isAutoReply: mail.isAutoReply,
      attachmentCount: mail.attachments.length,
      rfcMessageId: mail.rfcMessageId,
      referenceIds: mail.references,
      contentKey: mail.contentKey,
      sourceKey: mail.sourceKey,
    })
    .returning(['id', 'createdAt'])
    .executeTakeFirstOrThrow()
  await db
    .insertInto('rawMessage')
    .values({
      messageId: message.id, source, sha256: mail.sha256, sizeBytes: source.byteLength,
      envelopeFrom: incoming.envelopeFrom, envelopeTo: [...incoming.envelopeTo],
    })
    .execute()
  for (const [position, attachment] of mail.attachments.entries()) await insertAttachment(db, message.id, position, attachment)
  return message
}

async function insertAttachment(db: Db, messageId: string, position: number, attachment: ParsedAttachment): Promise<void> {
  const { fileName, contentType, contentId, content } = attachment
  await db.insertInto('attachment').values({ messageId, position, fileName, contentType, contentId, content, sizeBytes: content.byteLength }).execute()
}

/** PostgreSQL's text has no NUL; the raw source keeps it. */
const withoutNul = (text: string): string => text.replaceAll('\0', '')
