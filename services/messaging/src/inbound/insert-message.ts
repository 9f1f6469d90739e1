import type { Party } from '@ai-crm/contracts'
import { byteLengthOf, toBlocks } from '../content/blocks.ts'
import { attachmentPart, inlineContent, SOURCE_PART, storeChunks } from '../content/store-content.ts'
import { toBuffer } from '../content/to-buffer.ts'
import type { Db } from '../ctx.ts'
import type { ParsedAttachment } from '../mail-parsing/parsed-mail.ts'
import type { IncomingMail } from './incoming-mail.ts'

interface Place {
  /** Of the message. */
  id: string
  conversationId: string
  channelId: string
}

/** The message, its raw source and its attachments. Returns when it was stored. */
export async function insertMessage(db: Db, place: Place, incoming: IncomingMail, from: Party, scanState: 'waiting' | null): Promise<Date> {
  const { mail, source } = incoming
  const message = db
    .insertInto('message')
    .values({
      ...place,
      direction: 'inbound',
      fromAddress: from.address,
      fromName: from.name,
      replyToAddress: mail.replyToAddress,
      toParties: JSON.stringify(mail.to),
      ccParties: JSON.stringify(mail.cc),
      subject: mail.subject,
      text: mail.text,
      quotedText: mail.quotedText,
      html: mail.html,
      language: mail.language,
      flags: mail.flags,
      isAutoReply: mail.isAutoReply,
      attachmentCount: mail.attachments.length,
      rfcMessageId: mail.rfcMessageId,
      referenceIds: mail.references,
      contentKey: toBuffer(mail.contentKey),
      sourceKey: toBuffer(mail.sourceKey),
    })
    .returning('createdAt')
  const rawMessage = db.insertInto('rawMessage').values({
    messageId: place.id,
    source: inlineContent(source),
    sha256: toBuffer(mail.sha256),
    sizeBytes: byteLengthOf(source),
    envelopeFrom: incoming.envelopeFrom,
    envelopeTo: [...incoming.envelopeTo],
  })
  const [{ createdAt }] = await Promise.all([message.executeTakeFirstOrThrow(), rawMessage.execute()])
  await storeChunks(db, { messageId: place.id, part: SOURCE_PART }, source)
  for (const [position, attachment] of mail.attachments.entries()) await insertAttachment(db, { messageId: place.id, position, scanState }, attachment)
  return createdAt
}

interface AttachmentPlace {
  messageId: string
  position: number
  scanState: 'waiting' | null
}

async function insertAttachment(db: Db, place: AttachmentPlace, attachment: ParsedAttachment): Promise<void> {
  const { fileName, contentType, contentId, content } = attachment
  const blocks = toBlocks(content)
  await db
    .insertInto('attachment')
    .values({ ...place, fileName, contentType, contentId, content: inlineContent(blocks), sizeBytes: content.byteLength })
    .execute()
  await storeChunks(db, { messageId: place.messageId, part: attachmentPart(place.position) }, blocks)
}
