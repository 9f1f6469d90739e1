import { notFound, type FileBody } from '@ai-crm/platform'
import { sql } from 'kysely'
import { requireAllGivenOut } from '../content/require-given-out.ts'
import { streamContent } from '../content/read-content.ts'
import { attachmentPart } from '../content/store-content.ts'
import { ofReadableMessage } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'

export async function getAttachment(ctx: Ctx, messageId: string, attachmentId: string): Promise<FileBody> {
  const attachment = await ctx.db
    .selectFrom('attachment')
    .select(['fileName', 'contentType', 'sizeBytes', 'position', 'scanState', sql<boolean>`content is not null`.as('isInline')])
    .where('id', '=', attachmentId)
    .where('messageId', '=', messageId)
    .where(ofReadableMessage(ctx, 'attachment.messageId'))
    .executeTakeFirst()
  if (!attachment) throw notFound('attachment')
  await requireAllGivenOut(ctx, messageId, [attachment])
  const { fileName, contentType, position, sizeBytes, isInline } = attachment
  return { contentType, fileName, body: streamContent(ctx.db, { messageId, part: attachmentPart(position), sizeBytes, isInline }) }
}
