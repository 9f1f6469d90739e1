import { messageReceived } from '@ai-crm/contracts'
import { firstScanState, isUniqueViolation } from '@ai-crm/platform'
import { v7 as uuidV7 } from 'uuid'
import { attachmentScanning } from '../content/scan-attachments.ts'
import { toBuffer } from '../content/to-buffer.ts'
import { lockAddresses } from '../conversations/lock-address.ts'
import type { Ctx, Db, Write } from '../ctx.ts'
import { findPlace, lockConversation, openConversation } from './find-conversation.ts'
import type { IncomingMail } from './incoming-mail.ts'
import { insertMessage } from './insert-message.ts'
import { noteArrival } from './note-arrival.ts'
import { senderOf } from './sender.ts'

/** Of the text, in the event. */
const EVENT_TEXT_CHARS = 20_000

/**
 * Everything about a mail in one transaction: the raw source, the message, its conversation, what follows from it.
 * A mail that is stored already changes nothing, however often and concurrently it comes.
 */
export async function storeMail(ctx: Ctx, channelId: string, incoming: IncomingMail): Promise<'stored' | 'duplicate'> {
  try {
    return await ctx.write((scope) => store(ctx, scope, channelId, incoming))
  } catch (error) {
    // The walls behind `isStored`: they hold without the lock on the address as well.
    if (isUniqueViolation(error, 'message_content_once') || isUniqueViolation(error, 'message_source_once')) return 'duplicate'
    throw error
  }
}

async function store(ctx: Ctx, scope: Write, channelId: string, incoming: IncomingMail): Promise<'stored' | 'duplicate'> {
  const { mail } = incoming
  const [from, scanState] = [senderOf(mail), firstScanState(ctx.config)]
  // One round trip, in this order: each statement sees what was committed before the lock was had.
  const [, isKnown, place] = await Promise.all([
    lockAddresses(scope.db, [from.address]),
    isStored(scope.db, channelId, incoming),
    findPlace(scope.db, channelId, mail, from),
  ])
  if (isKnown) return 'duplicate'

  const messageId = uuidV7()
  const conversationId = place.conversationId ?? uuidV7()
  // One round trip again: the conversation first, then what belongs to it.
  const [conversation, createdAt] = await Promise.all([
    place.conversationId
      ? lockConversation(scope.db, conversationId)
      : openConversation(scope, { id: conversationId, channelId, contactId: place.contactId }, mail, from),
    insertMessage(scope.db, { id: messageId, conversationId, channelId }, incoming, from, scanState),
  ])
  if (scanState === 'waiting' && mail.attachments.length > 0) await attachmentScanning.begin(scope, messageId)
  await noteArrival(scope, conversation, { messageId, channelId, mail, receivedAt: createdAt })
  await scope.emit(
    messageReceived({
      messageId,
      conversationId,
      channel: 'email',
      contactId: conversation.contactId,
      from,
      subject: mail.subject,
      text: mail.text.slice(0, EVENT_TEXT_CHARS),
      language: mail.language,
      isAutoReply: mail.isAutoReply,
      attachmentCount: mail.attachments.length,
      flags: mail.flags,
      receivedAt: createdAt.toISOString(),
    }),
  )
  return 'stored'
}

async function isStored(db: Db, channelId: string, { mail }: IncomingMail): Promise<boolean> {
  const row = await db
    .selectFrom('message')
    .select('id')
    .where('channelId', '=', channelId)
    .where((eb) => eb.or([eb('contentKey', '=', toBuffer(mail.contentKey)), eb('sourceKey', '=', toBuffer(mail.sourceKey))]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
