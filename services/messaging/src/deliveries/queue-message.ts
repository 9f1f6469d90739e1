import type { Party } from '@ai-crm/contracts'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { toBlocks } from '../content/blocks.ts'
import { inlineContent, SOURCE_PART, storeChunks } from '../content/store-content.ts'
import { toSnippet } from '../conversations/conversation.ts'
import type { Ctx, Write } from '../ctx.ts'
import { cleanLine } from '../mail-parsing/parties.ts'
import { composeMail, referenceChain, replySubject } from './compose-mail.ts'
import { deliverMessage } from './delivery-jobs.ts'
import { rfcMessageIdFor } from './message-id.ts'
import { findAnswered, type OpenReply } from './open-reply.ts'

export interface NewMessage {
  /** C3: what asked for it; the same key stores nothing a second time. */
  idempotencyKey: string
  authorId: string | null
  draftId: string | null
  /** Empty: "Re: " and the conversation's subject. */
  subject: string
  text: string
  answersMessageId: string | null
  /** Stored, but waits for a person's word: this message came in between. */
  heldBy: string | null
}

/** Stores an outbound message with its frozen bytes and Message-ID, and plans its delivery. */
export async function queueMessage(
  ctx: Pick<Ctx, 'config' | 'organizationId' | 'deriveKey'>,
  scope: Write,
  reply: OpenReply,
  input: NewMessage,
): Promise<void> {
  const answered = await findAnswered(scope.db, reply.id)
  const to: Party = recipientOf(reply, answered)
  const from: Party = { address: reply.address, name: reply.name }
  const subject = cleanLine(input.subject, 500) || replySubject(reply.subject)
  const rfcMessageId = rfcMessageIdFor(ctx.deriveKey('messaging.message-id'), ctx.organizationId, input.idempotencyKey, reply.address.split('@')[1] ?? '')
  const referenceIds = referenceChain(answered?.referenceIds ?? [], answered?.rfcMessageId ?? null)
  const source = await composeMail({ from, to, subject, text: input.text, signature: reply.signature, rfcMessageId, referenceIds, date: new Date() })

  await insertMessage(scope, reply, input, { from, to, subject, rfcMessageId, referenceIds, source })
  const sendAt = new Date(Date.now() + ctx.config.SEND_UNDO_SECONDS * 1000)
  await scope.db
    .insertInto('delivery')
    .values({
      messageId: reply.messageId,
      conversationId: reply.id,
      channelId: reply.channelId,
      idempotencyKey: input.idempotencyKey,
      state: input.heldBy ? 'held' : 'queued',
      nextAttemptAt: input.heldBy ? null : sendAt,
      newerMessageId: input.heldBy,
      reason: input.heldBy ? HELD_REASON : null,
      answersMessageId: input.answersMessageId,
      toAddress: to.address,
      toName: to.name,
      envelopeFrom: reply.address,
    })
    .execute()
  await noteReply(scope, reply.id, input)
  if (!input.heldBy) await scope.enqueue(deliverMessage, { messageId: reply.messageId }, { runAt: sendAt, key: reply.messageId })
}

export const HELD_REASON = 'The customer has written again since.'

/** Reply-To counts where the party itself asks for it (RFC 5322 section 3.6.2). */
function recipientOf(reply: OpenReply, answered: { fromAddress: string; replyToAddress: string | null } | undefined): Party {
  const wanted = answered?.fromAddress === reply.partyAddress ? answered.replyToAddress : null
  return { address: wanted ?? reply.partyAddress, name: reply.partyName }
}

interface Composed {
  from: Party
  to: Party
  subject: string
  rfcMessageId: string
  referenceIds: string[]
  source: Buffer
}

async function insertMessage({ db }: Write, reply: OpenReply, input: NewMessage, composed: Composed): Promise<void> {
  const { from, to, subject, rfcMessageId, referenceIds, source } = composed
  await db
    .insertInto('message')
    .values({
      id: reply.messageId,
      conversationId: reply.id,
      channelId: reply.channelId,
      direction: 'outbound',
      fromAddress: from.address,
      fromName: from.name,
      toParties: JSON.stringify([to]),
      subject,
      text: input.text,
      authorId: input.authorId,
      draftId: input.draftId,
      rfcMessageId,
      referenceIds,
    })
    .execute()
  const blocks = toBlocks(source)
  await db
    .insertInto('rawMessage')
    .values({
      messageId: reply.messageId,
      source: inlineContent(blocks),
      sha256: createHash('sha256').update(source).digest(),
      sizeBytes: source.byteLength,
      envelopeFrom: from.address,
      envelopeTo: [to.address],
    })
    .execute()
  await storeChunks(db, { messageId: reply.messageId, part: SOURCE_PART }, blocks)
}

/** A held message is in the thread, but is not yet what was said last. */
async function noteReply({ db }: Write, conversationId: string, { heldBy, text }: NewMessage): Promise<void> {
  await db
    .updateTable('conversation')
    .set({
      messageCount: sql<number>`message_count + 1`,
      ...(heldBy ? {} : { snippet: toSnippet(text), lastMessageAt: sql<Date>`greatest(last_message_at, now())`, lastDirection: 'outbound' }),
    })
    .where('id', '=', conversationId)
    .execute()
}
