import { findInboundChannel } from '../channels/find-inbound-channel.ts'
import type { Blocks } from '../content/blocks.ts'
import { inlineContent } from '../content/store-content.ts'
import type { PublicCtx } from '../ctx.ts'
import { readMail } from '../inbound/read-mail.ts'

/** Keeps a reply that would have left for the world. Whose it is follows from its sender: an address of ours. */
export async function storeLocalMail(ctx: PublicCtx, from: string, to: readonly string[], source: Blocks): Promise<void> {
  const channel = await findInboundChannel(ctx, from)
  if (!channel) throw new Error('A reply left from an address that is not ours.')
  const mail = await readMail({ source, envelopeFrom: from, day: '' })
  const tenant = ctx.enter(channel.organizationId, { type: 'system', id: null })
  await tenant.write(async ({ db }) => {
    const message = await db
      .selectFrom('message')
      .select(['id', 'conversationId'])
      .where('channelId', '=', channel.channelId)
      .where('rfcMessageId', '=', mail.rfcMessageId)
      .where('direction', '=', 'outbound')
      .limit(1)
      .executeTakeFirst()
    await db
      .insertInto('localMail')
      .values({
        messageId: message?.id ?? null,
        conversationId: message?.conversationId ?? null,
        fromAddress: from,
        toAddresses: [...to],
        subject: mail.subject,
        text: mail.text,
        rfcMessageId: mail.rfcMessageId,
        referenceIds: mail.references,
        // A larger one is not kept twice: its bytes are those of the message.
        source: inlineContent(source),
      })
      .execute()
  })
}
