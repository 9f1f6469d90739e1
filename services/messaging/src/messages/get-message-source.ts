import { notFound, type FileBody } from '@ai-crm/platform'
import { sql } from 'kysely'
import { requireAllGivenOut } from '../content/require-given-out.ts'
import { streamContent } from '../content/read-content.ts'
import { SOURCE_PART } from '../content/store-content.ts'
import { ofReadableMessage } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'

/** The message as it arrived, or as it leaves, byte for byte. */
export async function getMessageSource(ctx: Ctx, messageId: string): Promise<FileBody> {
  const raw = await ctx.db
    .selectFrom('rawMessage')
    .select(['sizeBytes', sql<boolean>`source is not null`.as('isInline')])
    .where('messageId', '=', messageId)
    .where(ofReadableMessage(ctx, 'rawMessage.messageId'))
    .executeTakeFirst()
  if (!raw) throw notFound('message')
  // What a file of the mail may not be given out for holds for the mail, which has it in it.
  const attachments = await ctx.db.selectFrom('attachment').select('scanState').where('messageId', '=', messageId).execute()
  await requireAllGivenOut(ctx, messageId, attachments)
  return { contentType: 'application/octet-stream', fileName: `${messageId}.eml`, body: streamContent(ctx.db, { messageId, part: SOURCE_PART, ...raw }) }
}
